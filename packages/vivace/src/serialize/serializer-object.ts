import type { FieldFilter } from '../declare/options/field-filter';
import { property } from '../schema/property';
import type { Field, ObjectSchema } from '../schema/schema';
import type { Code } from '../validate/code';
import { someSeesObject } from '../validate/interpret-checks';
import { sentFields } from '../validate/fields-set';
import type { GrowingText } from './growing-text';
import { isChosen, isDefault } from './field-filter';
import { jsonText } from './jsonable';
import { escaped } from './json-text';
import { typeOf } from '../validate/object-fields';
import { isFieldless } from '../validate/properties';
import type { SerializerPrinter } from './serializer-values';

/** Prints the body of the function that writes a DTO: its fields in their order, whatever else the object has. */
export function printObjectSerializer(
  schema: ObjectSchema,
  code: Code,
  values: SerializerPrinter,
  filter: FieldFilter,
  text: GrowingText,
): void {
  const fields = schema.fields.filter((field) => field.output && isChosen(field.name, filter));
  code.line(
    `if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;`,
  );
  // A promise that was not awaited has no fields, which is only noticed where one has to be there.
  if (!fields.some((field) => field.presence === 'required'))
    code.line(`if (${code.constant(isFieldless, 'isFieldless')}(value)) return undefined;`);
  if (schema.type !== undefined)
    code.line(`if (value instanceof ${code.constant(schema.type, schema.name)}) checked = false;`);
  if (hasHooks(schema)) code.line('if (checked) return undefined;');
  if (filter.excludeUnset === true) code.line(`const sent = ${code.constant(sentFields)}(value);`);
  const object = new ObjectText(text);
  for (const field of fields) printField(field, code, values, filter, object);
  if (schema.extra === 'allow') printExtras(schema, code, object);
  text.literal('}');
}

/** The text of an object, which knows whether something was written before a field. */
class ObjectText {
  #written: 'nothing' | 'maybe' | 'something' = 'nothing';

  constructor(readonly text: GrowingText) {
    text.literal('{');
  }

  /** Adds what separates a field from the one before. */
  separate(): void {
    if (this.#written === 'something') this.text.literal(',');
    else if (this.#written === 'maybe') this.text.comma();
  }

  /** Adds fields that are always there. */
  always(print: () => void): void {
    print();
    this.#written = 'something';
  }

  /** Adds fields that may be left out. */
  perhaps(head: string, print: () => void): void {
    this.text.block(head, print);
    if (this.#written === 'nothing') this.#written = 'maybe';
  }
}

function printField(
  field: Field,
  code: Code,
  values: SerializerPrinter,
  filter: FieldFilter,
  object: ObjectText,
): void {
  const value = code.variable(field.name);
  const read =
    field.name in Object.prototype
      ? `${code.constant(property)}(value, ${code.key(field.name)})`
      : `value[${code.key(field.name)}]`;
  code.line(`let ${value} = ${read};`);
  for (const transform of field.transformOut)
    code.line(`${value} = ${code.constant(transform, 'transform')}(${value}, value);`);
  const conditions = [
    ...printAbsence(field, value, code, filter),
    ...omissions(field, value, code, filter),
  ];
  const name = JSON.stringify(filter.byAlias === false ? field.name : field.out);
  const schema = typeOf(field);
  const { text } = object;
  const write = () => {
    object.separate();
    text.literal(`${name}:`);
    if (field.serialized === true) text.expression(`${code.constant(jsonText)}(${value})`);
    else if (field.transformOut.length > 0) values.printLoose(schema, value, text);
    else values.printPart(schema, value, text);
  };
  if (conditions.length === 0) object.always(write);
  else object.perhaps(`if (${conditions.join(' && ')})`, write);
}

/** What an absent value means; gives the conditions under which the field is written. */
function printAbsence(field: Field, value: string, code: Code, filter: FieldFilter): string[] {
  const given = `${value} !== undefined`;
  if (field.computed) {
    // Only an instance has it: a plain object becomes one first.
    code.line(`if (checked && ${value} === undefined) return undefined;`);
    return [given];
  }
  if (field.transformOut.length > 0) return [given];
  if (
    field.presence === 'default' &&
    field.makeDefault !== undefined &&
    filter.excludeUnset !== true &&
    filter.excludeDefaults !== true
  ) {
    code.line(
      `if (${value} === undefined) ${value} = ${code.constant(field.makeDefault, 'default')}();`,
    );
    return [];
  }
  return field.presence === 'required' ? [] : [given];
}

function omissions(field: Field, value: string, code: Code, filter: FieldFilter): string[] {
  const conditions: string[] = [];
  if (filter.excludeNone === true) conditions.push(`${value} !== null`);
  if (field.computed) return conditions;
  const isSame = () => `${code.constant(isDefault)}(${code.constant(field, field.name)}, ${value})`;
  if (filter.excludeDefaults === true) conditions.push(`!${isSame()}`);
  if (filter.excludeUnset === true) {
    conditions.push(
      `(sent === undefined || sent.includes(${code.key(field.name)}) || !${isSame()})`,
    );
  }
  return conditions;
}

function printExtras(schema: ObjectSchema, code: Code, object: ObjectText): void {
  const known = new Set(schema.fields.flatMap((field) => [field.name, ...field.in]));
  const { text } = object;
  object.perhaps('for (const name of Object.keys(value))', () => {
    code.line(
      `if (${code.constant(known, 'known')}.has(name) || value[name] === undefined) continue;`,
    );
    // One may stand before another.
    text.comma();
    text.literal('"');
    text.expression(`${code.constant(escaped)}(name)`);
    text.literal('":');
    text.expression(`${code.constant(jsonText)}(value[name])`);
  });
}

/** Whether a plain object has to be read before it is written. */
function hasHooks(schema: ObjectSchema): boolean {
  const { after, before, fields } = schema;
  return [...before, ...after].length > 0 || fields.some((field) => fieldHasHooks(field));
}

function fieldHasHooks(field: Field): boolean {
  return (
    field.output &&
    !field.computed &&
    (field.conditional !== undefined ||
      [...field.transformIn, ...field.before, ...field.after].length > 0 ||
      field.transformOut.length > 0 ||
      someSeesObject(field.schema))
  );
}
