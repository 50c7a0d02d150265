import { Secret } from '../declare/secret';
import { UploadFile } from '../declare/context-classes';
import { BootError } from '../errors/boot-error';
import type { Where } from '../errors/where';
import type { ForeignData, Primitive, Reference, TypeData } from '../reflect/type-data';
import type { SchemaBuilder } from './builder';
import { schemaOfObject } from './from-members';
import { bind, substitute } from './generics';
import { plainOf, plainOfClassNamed } from './kinds';
import type { Literal } from '../declare/class';
import type { Schema } from './schema';
import { membersOfType } from './members';
import { inferredFromSchema } from './inferred-from-schema';
import { patternOf } from './template';
import { formatNamed, tagRules } from './tags';
import { constrain, formatted } from './constraints';
import { ANY, NULL, RECORD, unionOf } from './union';
import { wireForm } from './wire-forms';

/** What a TypeScript type, free of type parameters, says about its values. */
export function schemaOfType(builder: SchemaBuilder, type: TypeData, where: Where): Schema {
  const inner = (part: TypeData) => schemaOfType(builder, part, where);
  if (typeof type === 'string') return primitive(type, where);
  if ('lit' in type) return literal(type.lit);
  if ('big' in type) return literal(BigInt(type.big));
  if ('array' in type) return { kind: 'list', items: inner(type.array) };
  if ('union' in type)
    return unionOf(
      type.union.filter((member) => member !== 'undefined' && member !== 'void').map(inner),
    );
  if ('record' in type)
    return {
      kind: 'record',
      keys: keysOf(inner(type.record[0])),
      values: inner(type.record[1]),
      as: 'object',
    };
  if ('tuple' in type) return tuple(type.tuple, inner, where);
  if ('tpl' in type) return constrain({ kind: 'string' }, { pattern: patternOf(type) }, where);
  if ('prim' in type) return tagged(type.prim, type.tags ?? {}, inner, where);
  if ('object' in type) return schemaOfObject(builder, type, where);
  if ('ref' in type) return reference(builder, type, where);
  if ('builtin' in type) return builtin(type.builtin, type.args ?? [], inner, where);
  if ('foreign' in type) return foreign(builder, type, where);
  if ('param' in type) throw unsupported(where, `the type parameter ${type.param}`);
  throw type.schema
    ? inferredFromSchema(type.unsupported, where)
    : unsupported(where, type.unsupported);
}

const literal = (value: Literal): Schema => ({ kind: 'literal', values: [value] });

const PRIMITIVES: Partial<Record<Primitive, Schema>> = {
  undefined: NULL,
  void: NULL,
  unknown: ANY,
  object: RECORD,
};

function primitive(type: Primitive, where: Where): Schema {
  const schema = plainOf(type) ?? PRIMITIVES[type];
  if (type === 'function')
    throw new BootError(
      'UNSUPPORTED_TYPE',
      where,
      'a function cannot be read from or written to JSON',
      'a method in the place of a field that holds a function; or mark it private, or with `@Exclude()`',
    );
  if (schema === undefined) throw unsupported(where, `the type ${type}`);
  return schema;
}

/** `string & Format<'email'>`, `int`: the tags are a format and constraints as JSDoc writes them. */
function tagged(
  prim: TypeData,
  tags: Readonly<Record<string, unknown>>,
  inner: (type: TypeData) => Schema,
  where: Where,
): Schema {
  const schema = formatted(inner(prim), formatNamed(tags['format']), where);
  return constrain(schema, tagRules(tags, where), where);
}

function tuple(
  items: Extract<TypeData, { tuple: unknown }>['tuple'],
  inner: (type: TypeData) => Schema,
  where: Where,
): Schema {
  const fixed: Schema[] = [];
  let required = 0;
  let rest: Schema | undefined;
  for (const [at, item] of items.entries()) {
    if (typeof item === 'object' && 'rest' in item) {
      if (at < items.length - 1) throw misplacedRest(where);
      rest = inner(item.rest);
    } else if (typeof item === 'object' && 'opt' in item) fixed.push(inner(item.opt));
    else required = fixed.push(inner(item));
  }
  return { kind: 'tuple', items: fixed, required, ...(rest !== undefined && { rest }) };
}

/** Keys are text; those of numbers are read from it. */
const keysOf = (schema: Schema): Schema => (schema.kind === 'any' ? { kind: 'string' } : schema);

function reference(builder: SchemaBuilder, type: Reference, where: Where): Schema {
  const known = builder.types.classOf(type.ref);
  if (known === Secret || /^vivace\/.*\/secret\.[jt]s#Secret$/.test(type.ref)) {
    return {
      kind: 'secret',
      inner:
        type.args?.[0] === undefined
          ? { kind: 'string' }
          : schemaOfType(builder, type.args[0], where),
    };
  }
  if (known === UploadFile || /^vivace\/.*\/context-classes\.[jt]s#UploadFile$/.test(type.ref))
    return { kind: 'file' };
  if (known !== undefined) return builder.fromClass(known, where, type.args, type.to);
  const definition = builder.types.definition(type.to ?? type.ref);
  if (definition === undefined)
    throw unsupported(where, `${type.ref}, of which the types file has no definition`);
  if (definition.kind === 'enum') return builder.enumOf(type.ref, definition);
  if (definition.kind === 'function') throw unsupported(where, `the function ${type.ref}`);
  if (definition.kind === 'class') {
    const members = Object.fromEntries(membersOfType(builder.types, type));
    return builder.fromInterface(type, members, definition, where);
  }
  const target = substitute(definition.t, bind(definition.params, type.args));
  if (typeof target === 'object' && 'object' in target && target.index === undefined) {
    return builder.fromInterface(type, target.object, definition, where);
  }
  return builder.recursive(type, () => schemaOfType(builder, target, where), where);
}

/** What a library calls a type is what an alias stands for; how a class of one looks in JSON, only `wire` says. */
function foreign(builder: SchemaBuilder, type: ForeignData, where: Where): Schema {
  const inner = (part: TypeData = 'unknown') => schemaOfType(builder, part, where);
  if (type.of !== undefined) return inner(type.of);
  const form = wireForm(builder.types, type);
  if (form === undefined) throw unsupported(where, `the type ${type.foreign} of ${type.module}`);
  const argument = inner(type.args?.[0]);
  return form === 'list' ? { kind: 'list', items: argument } : argument;
}

function builtin(
  name: string,
  args: readonly TypeData[],
  inner: (type: TypeData) => Schema,
  where: Where,
): Schema {
  const plain = plainOfClassNamed(name);
  if (plain !== undefined) return plain;
  const argument = (at: number): Schema => inner(args[at] ?? 'unknown');
  switch (name) {
    case 'Array':
    case 'ReadonlyArray':
    case 'Iterable':
    case 'IterableIterator':
      return { kind: 'list', items: argument(0) };
    case 'Set':
    case 'ReadonlySet':
      return { kind: 'list', items: argument(0), unique: true };
    case 'Map':
    case 'ReadonlyMap':
      return { kind: 'record', keys: keysOf(argument(0)), values: argument(1), as: 'map' };
    case 'Record':
      return { kind: 'record', keys: keysOf(argument(0)), values: argument(1), as: 'object' };
    case 'Promise':
      throw new BootError(
        'UNSUPPORTED_TYPE',
        where,
        'a Promise cannot be read from or written to JSON',
        'the type of its value, such as `int` in the place of `Promise<int>`; the program awaits it first',
      );
    case 'Readonly':
      return argument(0);
    default:
      throw unsupported(where, name === 'URL' ? 'the class URL' : `the type ${name}`);
  }
}

const misplacedRest = (where: Where) =>
  new BootError(
    'UNSUPPORTED_TYPE',
    where,
    'a tuple with elements behind its `...` has no JSON Schema',
    'the elements of any number last: `[boolean, int, ...string[]]`',
  );

function unsupported(where: Where, what: string): BootError {
  const write = what.includes('URL')
    ? 'the type `url` of vivace, which is checked text'
    : 'a class, an interface, or one of the types JSON has; or mark the member private';
  return new BootError(
    'UNSUPPORTED_TYPE',
    where,
    `${what} cannot be read from or written to JSON`,
    write,
  );
}
