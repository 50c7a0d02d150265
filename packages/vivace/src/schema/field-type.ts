import type { Class } from '../declare/class';
import { BootError } from '../errors/boot-error';
import type { Where } from '../errors/where';
import type { MemberData } from '../reflect/type-data';
import type { SchemaBuilder } from './builder';
import type { ClassReader } from './class-reader';
import type { FieldTransforming } from './class-transformer';
import { typeFromDecorators } from './decorator-types';
import { schemaOfType } from './from-type';
import { schemaOfValue } from './from-value';
import type { Schema } from './schema';
import { joinedType, TypesDisagree } from './joined-type';
import { typeName } from './type-names';

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
  const nested = nestedType(builder, given, transforming, where);
  const design = builder.types.designOfProperty(reader.type, name);
  const declared =
    member === undefined
      ? designed(builder, design, nested !== undefined, where)
      : schemaOfType(builder, member.t, where);
  const schema = nested === undefined ? declared : joined(declared, nested, given, name, where);
  const found = schema ?? typeFromDecorators(reader.constraints.get(name), design === Array);
  if (found !== undefined) return found;
  throw new BootError(
    'FIELD_WITHOUT_TYPE',
    where,
    `nothing says the type of the field ${name}`,
    `\`@Field({ type: String }) ${name}\`, a decorator such as \`@IsString()\` or \`@Type(() => …)\`, or run \`npx vivace-types\` so that TypeScript's own types count`,
  );
}

/** What `@Type` says; `Object` and `Array` say nothing of the value, but may have a discriminator. */
function nestedType(
  builder: SchemaBuilder,
  given: unknown,
  transforming: FieldTransforming | undefined,
  where: Where,
): Schema | undefined {
  const tagged = transforming?.discriminate?.((type) => builder.fromClass(type, where), where);
  if (tagged !== undefined || given === undefined || given === Object || given === Array)
    return tagged;
  return schemaOfValue(builder, given, where);
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
  if (design === Array) return nested ? { kind: 'list', items: { kind: 'any' } } : undefined;
  if (design === Set || design === Map) return undefined;
  return schemaOfValue(builder, design, where);
}

/** What the type says, joined with `@Type(() => Photo)`, which names a class. */
function joined(
  declared: Schema | undefined,
  nested: Schema,
  given: unknown,
  name: string,
  where: Where,
): Schema {
  if (declared === undefined) return nested;
  try {
    return joinedType(declared, nested);
  } catch (error) {
    if (!(error instanceof TypesDisagree)) throw error;
    const written = `@Type(() => ${(given as { readonly name?: string }).name ?? '…'})`;
    const tags = nested.kind === 'union' ? `, whose subTypes are ${typeName(nested)}` : '';
    throw new BootError(
      'FACTS_DISAGREE',
      where,
      `\`${written}\` of class-transformer${tags} and the type \`${name}: ${typeName(declared)}\` cannot both be right`,
      `the class that the type names in \`@Type\`, with a discriminator where there are several; or the type without \`@Type\`, which is enough`,
    );
  }
}
