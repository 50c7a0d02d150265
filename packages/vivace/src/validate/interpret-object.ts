import { property } from '../schema/property';
import type { Field, ObjectSchema } from '../schema/schema';
import { markSent, sentFields } from './fields-set';
import { instantiate } from './instantiate';
import { FieldReader, isMade, isUnchecked, MISSING } from './interpret-field';
import { copyExtra, fieldsRead, needsWholeObject, typeOf } from './object-fields';
import { defineOwn, isFieldless, isInstance, isObject } from './properties';
import { INVALID, settle, STRICT, type ValidationState, type Steps } from './validation-state';
import { Refusal } from './refusal';

export const NOT_OBJECT = new Refusal(
  'model_attributes_type',
  'Input should be a valid dictionary or object to extract fields from',
);
export const EXTRA = new Refusal('extra_forbidden', 'Extra inputs are not permitted');

/** Reads a DTO: hooks that see the input, fields, unknown fields, hooks that see the instance. */
export function* readObject(
  schema: ObjectSchema,
  input: unknown,
  reading: ValidationState,
): Steps<unknown> {
  if (reading.origin.output && isInstance(schema, input))
    return yield* readInstance(schema, input, reading);
  const { object, trusted } = reading;
  // What is inside an instance is not checked either; a skipped field of the input still checks what is inside.
  reading.trusted &&= reading.origin.output;
  try {
    return yield* readPlain(schema, input, reading);
  } finally {
    reading.object = object;
    reading.trusted = trusted;
  }
}

function* readPlain(
  schema: ObjectSchema,
  input: unknown,
  reading: ValidationState,
): Steps<unknown> {
  const issuesBefore = reading.issues.length;
  let source = input;
  for (const hook of isUnchecked(reading) ? [] : schema.before) {
    try {
      source = yield* settle(hook(source));
    } catch (error) {
      return reading.refuseBy(error, input);
    }
  }
  if (!isObject(source)) return reading.refuse(NOT_OBJECT, source);
  const fields = fieldsRead(schema, reading.origin);
  // Where no field has to be there, whatever is an object would do.
  const fitsAll = reading.origin.output && !fields.some(({ presence }) => presence === 'required');
  if (fitsAll && isFieldless(source)) return reading.refuse(NOT_OBJECT, source);
  reading.fits(STRICT);
  const instance = instantiate(schema);
  reading.object = instance;
  const late = fields.filter(needsWholeObject);
  const reader = new FieldReader(instance, source, reading);
  // Those that are refused stay as they were sent.
  if (late.length > 0) for (const field of fields) reader.provide(field);
  if (late.length === 0) {
    for (const field of fields) if (!reader.readFitting(field)) yield* reader.read(field);
  } else yield* readLate(fields, late, reader, reading);
  const kept = extras(schema, fields, instance, source, reading);
  if (reading.issues.length > issuesBefore) return INVALID;
  reading.counts(reader.sent.size);
  markSent(instance, [
    ...fields.map(({ name }) => name).filter((name) => reader.sent.has(name)),
    ...kept,
  ]);
  if (fields.some((field) => isMade(field, reading))) keepHidden(schema, source, instance);
  for (const hook of isUnchecked(reading) ? [] : schema.after) {
    try {
      yield* settle(hook(instance));
    } catch (error) {
      return reading.refuseBy(error, input);
    }
  }
  return instance;
}

/** Reads some fields after all others; the issues stand in the order of the fields. */
function* readLate(
  fields: readonly Field[],
  late: readonly Field[],
  reader: FieldReader,
  reading: ValidationState,
): Steps<void> {
  const found: { readonly field: Field; readonly issues: ValidationState['issues'] }[] = [];
  for (const field of [...fields.filter((each) => !late.includes(each)), ...late]) {
    const from = reading.issues.length;
    yield* reader.read(field);
    // What does not fit is seen as well, as it was sent.
    if (reading.issues.length > from) reader.provide(field);
    found.push({ field, issues: reading.issues.splice(from) });
  }
  found.sort((one, other) => fields.indexOf(one.field) - fields.indexOf(other.field));
  reading.issues.push(...found.flatMap(({ issues }) => issues));
}

/** An instance of the program's: its fields need only have their types; the answer is another one, with its getters' values. */
function* readInstance(
  schema: ObjectSchema,
  instance: object,
  reading: ValidationState,
): Steps<unknown> {
  if (instance.constructor !== schema.type) reading.fits(STRICT);
  const { trusted } = reading;
  // What is made of the whole object when it is written sees its methods.
  const read = Object.create(Object.getPrototypeOf(instance) as object) as object;
  let valid = true;
  for (const field of schema.fields.filter((each) => each.output)) {
    const value = property(instance, field.name);
    if (value === undefined && (field.presence !== 'required' || isMade(field, reading))) continue;
    reading.trusted = true;
    const result =
      value === undefined
        ? reading.refuseAt(field.name, MISSING, instance)
        : field.serialized === true
          ? value
          : yield* reading.at(field.name, typeOf(field), value);
    reading.trusted = trusted;
    if (result === INVALID) valid = false;
    else defineOwn(read, field.name, result);
  }
  extras(schema, schema.fields, read, instance as Readonly<Record<string, unknown>>, reading);
  if (!valid) return INVALID;
  if (schema.fields.some((field) => isMade(field, reading))) keepHidden(schema, instance, read);
  const sent = sentFields(instance);
  if (sent !== undefined) markSent(read, sent);
  return read;
}

/** What is written may be made of fields that no response shows. */
function keepHidden(schema: ObjectSchema, source: object, read: object): void {
  for (const { name, output } of schema.fields) {
    const value = output ? undefined : property(source, name);
    if (value !== undefined) defineOwn(read, name, value);
  }
}

/** Refuses or keeps unknown fields; gives the names of those kept. */
function extras(
  schema: ObjectSchema,
  fields: readonly Field[],
  instance: object,
  source: Readonly<Record<string, unknown>>,
  reading: ValidationState,
): readonly string[] {
  const { output } = reading.origin;
  // What is forbidden to clients is left out of answers.
  if (schema.extra === 'ignore' || (output && schema.extra === 'forbid')) return [];
  const known = new Set(
    output
      ? schema.fields.flatMap((field) => [field.name, ...field.in])
      : fields.flatMap((field) => field.in),
  );
  const unknown = Object.keys(source).filter((name) => !known.has(name));
  if (schema.extra === 'allow')
    return unknown.filter((name) => copyExtra(instance, name, source[name]));
  for (const name of unknown) reading.refuseAt(name, EXTRA, source[name]);
  return [];
}
