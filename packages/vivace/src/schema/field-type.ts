import type { Class } from '../declare/class';
import { BootError } from '../errors/boot-error';
import type { Where } from '../errors/where';
import type { MemberData } from '../reflect/type-data';
import type { SchemaBuilder } from './builder';
import type { ClassReader } from './class-reader';
import { typeFromDecorators } from './decorator-types';
import { schemaOfType } from './from-type';
import { schemaOfValue } from './from-value';
import type { Schema } from './schema';
import { nullable } from './union';

/** The type of a field of a class: decorators come before the types file, that before `design:type`. */
export function typeOfField(
  builder: SchemaBuilder,
  reader: ClassReader,
  name: string,
  member: MemberData | undefined,
  where: Where,
): Schema {
  const facts = reader.field(name);
  if (facts?.type !== undefined) return schemaOfValue(builder, facts.type, where);
  const transforming = reader.transforming.fields.get(name);
  const given = transforming?.type?.();
  const nested = given === undefined ? undefined : schemaOfValue(builder, given, where);
  const design = builder.types.designOfProperty(reader.type, name);
  const declared =
    member === undefined
      ? designed(builder, design, nested !== undefined, where)
      : schemaOfType(builder, member.t, where);
  const schema =
    nested === undefined
      ? declared
      : withNested(
          declared,
          transforming?.discriminate?.(nested, (type) => builder.fromClass(type, where), where) ??
            nested,
        );
  const found = schema ?? typeFromDecorators(reader.constraints.get(name), design === Array);
  if (found !== undefined) return found;
  throw new BootError(
    'FIELD_WITHOUT_TYPE',
    where,
    `nothing says the type of the field ${name}`,
    `\`@Field({ type: String }) ${name}\`, a decorator such as \`@IsString()\` or \`@Type(() => …)\`, or run \`npx vivace-types\` so that TypeScript's own types count`,
  );
}

/** `design:type` tells only of classes: text may be a literal union, an array may hold anything. */
function designed(
  builder: SchemaBuilder,
  design: Class | undefined,
  nested: boolean,
  where: Where,
): Schema | undefined {
  if (design === undefined || [String, Number, Boolean, Object, Function].includes(design as never))
    return undefined;
  if ((design as unknown) === Array)
    return nested ? { kind: 'list', items: { kind: 'any' } } : undefined;
  if ((design as unknown) === Set || (design as unknown) === Map) return undefined;
  return schemaOfValue(builder, design, where);
}

/** `@Type(() => Photo)` names the class of the value, or of the items of a list, set, map or record. */
function withNested(declared: Schema | undefined, nested: Schema): Schema {
  if (declared === undefined || declared.kind === 'any') return nested;
  if (declared.kind === 'list') return { ...declared, items: withNested(declared.items, nested) };
  if (declared.kind === 'record')
    return { ...declared, values: withNested(declared.values, nested) };
  // The types file knows more than a constructor does.
  if (nested.kind !== 'object' && nested.kind !== 'union') return declared;
  if (declared.kind === 'union')
    return declared.members.some((member) => member.kind === 'null') ? nullable(nested) : declared;
  return nested;
}
