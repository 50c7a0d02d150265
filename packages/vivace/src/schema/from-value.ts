import { isStandardSchema } from '../declare/standard-schema';
import { factsOf, type TokenFacts } from '../declare/value-facts';
import { Page } from '../pagination/page';
import { Secret } from '../declare/secret';
import { BootError } from '../errors/boot-error';
import type { Where } from '../errors/where';
import type { SchemaBuilder } from './builder';
import { plainOfClass } from './kinds';
import { formatNamed } from './tags';
import { librarySchemaOf } from './from-library';
import { enumValues } from './rules/values';
import { typeOfValue } from './type-of-value';
import type { Class } from '../declare/class';
import type { Schema } from './schema';
import { ANY, NULL, unionOf } from './union';

/** What a value that stands for a type says: `Number`, `int`, `[T]`, `oneOf(…)`, a class. */
export function schemaOfValue(builder: SchemaBuilder, value: unknown, where: Where): Schema {
  const known = plainOfClass(value);
  if (known !== undefined) return known;
  if (isStandardSchema(value)) return librarySchemaOf(value);
  if (value === Secret) return { kind: 'secret', inner: { kind: 'string' } };
  if (Array.isArray(value) && value.length === 1)
    return { kind: 'list', items: schemaOfValue(builder, value[0], where) };
  const facts = factsOf(value);
  if (facts?.kind === 'token') return tokenOf(builder, facts, where);
  if (typeof value === 'function' && value.prototype !== undefined && facts === undefined)
    return builder.fromClass(value as Class, where);
  throw new BootError(
    'NOT_A_TYPE',
    where,
    `${shown(value)} does not stand for a type`,
    'a class, `String`, `Number`, `Boolean`, `Date`, `int` or another type of vivace, `[T]` for a list, or `oneOf(…)` for literals and enums',
  );
}

function tokenOf(builder: SchemaBuilder, facts: TokenFacts, where: Where): Schema {
  switch (facts.token) {
    case 'oneOf':
      return unionOf((facts.choices ?? []).map((choice) => choiceOf(builder, choice, where)));
    case 'listOf':
      return { kind: 'list', items: schemaOfValue(builder, facts.of, where) };
    case 'pageOf':
      return pageOf(builder, facts.of, where);
    default:
      return token(facts.token);
  }
}

/** The same schema as that of the written `Page<T>`. */
function pageOf(builder: SchemaBuilder, of: unknown, where: Where): Schema {
  const item = typeOfValue(builder.types, of);
  if (item !== undefined) return builder.fromClass(Page, where, [item]);
  throw new BootError(
    'NOT_A_TYPE',
    where,
    `${shown(of)} cannot be named as the type of a page's items`,
    'a class that was compiled, a type of vivace such as `int`, or a list of one; a class with a field of any other type',
  );
}

function token(name: string): Schema {
  if (name === 'bytes') return { kind: 'bytes' };
  const format = formatNamed(name === 'datetime' ? 'date-time' : name);
  if (format === 'int') return { kind: 'number', integer: true };
  return format === undefined ? ANY : { kind: 'string', format };
}

function choiceOf(builder: SchemaBuilder, choice: unknown, where: Where): Schema {
  if (choice === null) return NULL;
  if (typeof choice === 'string' || typeof choice === 'number' || typeof choice === 'boolean')
    return { kind: 'literal', values: [choice] };
  const isEnum =
    typeof choice === 'object' &&
    !Array.isArray(choice) &&
    factsOf(choice) === undefined &&
    !isStandardSchema(choice);
  // At run time an enum has no name, so it is written in place.
  return isEnum
    ? { kind: 'enum', name: '', values: enumValues(choice as Record<string, string | number>) }
    : schemaOfValue(builder, choice, where);
}

function shown(value: unknown): string {
  if (typeof value === 'function') return `the function ${value.name}`;
  return typeof value === 'object' && value !== null
    ? 'a plain object'
    : String(JSON.stringify(value) ?? value);
}
