import type { FieldFilter } from '../declare/options/field-filter';
import { property } from '../schema/property';
import type { Field, ObjectSchema } from '../schema/schema';
import type { Code } from '../validate/code';
import { someSeesObject } from '../validate/interpret-checks';
import { sentFields } from '../validate/fields-set';
import { isChosen, isDefault } from './field-filter';
import { jsonText } from './jsonable';
import { quote } from './json-text';
import { typeOf } from '../validate/object-fields';
import { isFieldless } from '../validate/properties';
import type { SerializerPrinter } from './serializer-values';

/** Prints the body of the function that writes a DTO: its fields in their order, whatever else the object has. */
export function printObjectSerializer(
  schema: ObjectSchema,
  code: Code,
  values: SerializerPrinter,
  filter: FieldFilter,
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
  code.line(`let text = '{';`);
  const comma = new Comma();
  for (const field of fields) printField(field, code, values, filter, comma);
  if (schema.extra === 'allow') printExtras(schema, code, comma);
  code.line(`return text + '}';`);
}

/** Knows whether something was written before a field. */
class Comma {
  #state: 'none' | 'maybe' | 'some' = 'none';

  /** An expression for a name with the comma before it. */
  before(name: string, code: Code): string {
    const [bare, separated] = [code.key(`${name}:`), code.key(`,${name}:`)];
    if (this.#state === 'none') return bare;
    return this.#state === 'some' ? separated : `(text.length === 1 ? ${bare} : ${separated})`;
  }

  wrote(certainly: boolean): void {
    if (certainly) this.#state = 'some';
    else if (this.#state === 'none') this.#state = 'maybe';
  }
}

function printField(
  field: Field,
  code: Code,
  values: SerializerPrinter,
  filter: FieldFilter,
  comma: Comma,
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
  const sink = (text: string) => code.line(`text += ${comma.before(name, code)} + ${text};`);
  const schema = typeOf(field);
  const write = () => {
    if (field.serialized === true) sink(`${code.constant(jsonText)}(${value})`);
    else if (field.transformOut.length > 0) values.printLoose(schema, value, sink);
    else values.printPart(schema, value, sink);
  };
  if (conditions.length === 0) write();
  else code.block(`if (${conditions.join(' && ')})`, write);
  comma.wrote(conditions.length === 0);
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

function printExtras(schema: ObjectSchema, code: Code, comma: Comma): void {
  const known = new Set(schema.fields.flatMap((field) => [field.name, ...field.in]));
  code.block('for (const name of Object.keys(value))', () => {
    code.line(
      `if (${code.constant(known, 'known')}.has(name) || value[name] === undefined) continue;`,
    );
    code.line(
      `text += (text.length === 1 ? '' : ',') + ${code.constant(quote)}(name) + ':' + ${code.constant(jsonText)}(value[name]);`,
    );
  });
  comma.wrote(false);
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
