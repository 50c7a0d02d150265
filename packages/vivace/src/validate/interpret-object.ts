import type { Field, FieldHook, ObjectSchema } from '../schema/schema';
import { reworded, someSeesObject } from './interpret-checks';
import { faultOf } from './refusing-errors';
import { markSent, sentFields } from './fields-set';
import { instantiate } from './instantiate';
import { isInstance, isObject, property, setOwn } from './properties';
import { INVALID, settle, STRICT, type ValidationState, type Steps } from './validation-state';
import { Refusal } from './refusal';

const NOT_OBJECT = new Refusal(
  'model_attributes_type',
  'Input should be a valid dictionary or object to extract fields from',
);
const MISSING = new Refusal('missing', 'Field required');
const EXTRA = new Refusal('extra_forbidden', 'Extra inputs are not permitted');

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
  reading.fits(STRICT);
  const instance = instantiate(schema);
  reading.object = instance;
  const fields = fieldsRead(schema, reading.origin);
  const late = fields.filter(needsWholeObject);
  for (const field of late) provide(instance, field, given(field, source, reading));
  const read = new Reader(instance, source, reading);
  if (late.length === 0) for (const field of fields) yield* read.field(field);
  else yield* readLate(fields, late, read, reading);
  const kept = reading.origin.output ? [] : extras(schema, fields, instance, source, reading);
  if (reading.issues.length > issuesBefore) return INVALID;
  reading.counts(read.sent.size + kept.length);
  markSent(instance, [
    ...fields.map(({ name }) => name).filter((name) => read.sent.has(name)),
    ...kept,
  ]);
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
  read: Reader,
  reading: ValidationState,
): Steps<void> {
  const found: { readonly field: Field; readonly issues: ValidationState['issues'] }[] = [];
  for (const field of [...fields.filter((each) => !late.includes(each)), ...late]) {
    const from = reading.issues.length;
    yield* read.field(field);
    found.push({ field, issues: reading.issues.splice(from) });
  }
  found.sort((one, other) => fields.indexOf(one.field) - fields.indexOf(other.field));
  reading.issues.push(...found.flatMap(({ issues }) => issues));
}

/** Reads the fields of one object into an instance. */
class Reader {
  readonly sent = new Set<string>();
  readonly #values: Record<string, unknown> = {};

  readonly #instance: object;
  readonly #source: Readonly<Record<string, unknown>>;
  readonly #reading: ValidationState;

  constructor(
    instance: object,
    source: Readonly<Record<string, unknown>>,
    reading: ValidationState,
  ) {
    this.#instance = instance;
    this.#source = source;
    this.#reading = reading;
  }

  *field(field: Field): Steps<void> {
    const instance = this.#instance;
    const reading = this.#reading;
    const source = this.#source;
    const present = given(field, source, reading);
    const applies = field.when?.every((condition) => condition(instance, present?.value)) ?? true;
    if (present === undefined) {
      if (field.presence === 'required' && applies)
        reading.refuseAt(
          field.in[0] ?? field.name,
          reworded(MISSING, field.missing, undefined, instance),
          source,
        );
      else if (field.presence === 'default') this.#setDefault(field);
      return;
    }
    reading.path.push(present.name);
    const trusted = reading.trusted;
    reading.trusted ||= !applies;
    const value = yield* this.#value(field, present.value);
    reading.trusted = trusted;
    reading.path.pop();
    if (value === INVALID) return;
    this.sent.add(field.name);
    this.#set(field, value);
  }

  *#value(field: Field, input: unknown): Steps<unknown> {
    const given = field.transformIn.length === 0 ? input : yield* this.#transform(field, input);
    const before =
      field.before.length === 0 ? given : yield* this.#run(field.before, field, given, input);
    if (before === INVALID) return INVALID;
    const value = yield* this.#reading.read(field.schema, before);
    return value === INVALID || field.after.length === 0
      ? value
      : yield* this.#run(field.after, field, value, input);
  }

  *#transform(field: Field, value: unknown): Steps<unknown> {
    for (const transform of isUnchecked(this.#reading) ? [] : field.transformIn) {
      try {
        value = yield* settle(transform(value, this.#source));
      } catch (error) {
        throw faultOf(error);
      }
    }
    return value;
  }

  *#run(hooks: readonly FieldHook[], field: Field, value: unknown, input: unknown): Steps<unknown> {
    for (const hook of isUnchecked(this.#reading) ? [] : hooks) {
      try {
        value = yield* settle(
          hook(value, { name: field.name, mode: this.#reading.origin.mode, values: this.#values }),
        );
      } catch (error) {
        return this.#reading.refuseBy(error, input);
      }
    }
    return value;
  }

  #setDefault(field: Field): void {
    const instance = this.#instance;
    if (field.makeDefault !== undefined && property(instance, field.name) === undefined)
      setOwn(instance, field.name, field.makeDefault());
    setOwn(this.#values, field.name, property(instance, field.name));
  }

  #set(field: Field, value: unknown): void {
    setOwn(this.#instance, field.name, value);
    setOwn(this.#values, field.name, value);
  }
}

/** Inside an instance that the program made no validator runs. */
function isUnchecked({ trusted, origin }: ValidationState): boolean {
  return trusted && origin.output;
}

/** An instance of the program's: its fields need only have their types; the answer is a plain object with its getters' values. */
function* readInstance(
  schema: ObjectSchema,
  instance: object,
  reading: ValidationState,
): Steps<unknown> {
  if (instance.constructor !== schema.type) reading.fits(STRICT);
  const { trusted } = reading;
  const plain: Record<string, unknown> = {};
  let valid = true;
  for (const field of schema.fields.filter((each) => each.output)) {
    const raw = property(instance, field.name);
    const value = field.transformOut.reduce(
      (current, transform) => transform(current, instance),
      raw,
    );
    if (value === undefined && field.presence !== 'required') continue;
    reading.trusted = true;
    const result =
      value === undefined
        ? reading.refuseAt(field.name, MISSING, instance)
        : yield* reading.at(field.name, field.schema, value);
    reading.trusted = trusted;
    if (result === INVALID) valid = false;
    else setOwn(plain, field.name, result);
  }
  if (!valid) return INVALID;
  const sent = sentFields(instance);
  if (sent !== undefined) markSent(plain, sent);
  return plain;
}

/** Constraints and conditions that see the whole object are tried after all other fields. */
export function needsWholeObject(field: Field): boolean {
  return field.when !== undefined || someSeesObject(field.schema);
}

/** The fields that are read, with the constraints of the groups that count. */
export function fieldsRead(
  schema: ObjectSchema,
  {
    output = false,
    groups,
  }: { readonly output?: boolean; readonly groups?: readonly string[] | undefined },
): readonly Field[] {
  const read = schema.fields.filter(
    (field) => !field.computed && (output ? field.output : field.input),
  );
  return groups === undefined || groups.length === 0
    ? read
    : read.map((field) => field.inGroups?.(groups) ?? field);
}

interface Given {
  readonly name: string;
  readonly value: unknown;
}

/** What was sent for a field: the program says it by the field's own name, a client by one of its names on the wire. */
function given(
  field: Field,
  source: Readonly<Record<string, unknown>>,
  reading: ValidationState,
): Given | undefined {
  for (const name of reading.origin.output ? [field.name] : field.in) {
    const raw = property(source, name);
    const value = reading.origin.output
      ? field.transformOut.reduce((current, transform) => transform(current, source), raw)
      : reading.exactly(field.schema, source, name, raw);
    if (value !== undefined) return { name, value };
  }
  return undefined;
}

function provide(instance: object, field: Field, present: Given | undefined): void {
  if (present !== undefined) setOwn(instance, field.name, present.value);
}

/** Refuses or keeps unknown fields; gives the names of those kept. */
function extras(
  schema: ObjectSchema,
  fields: readonly Field[],
  instance: object,
  source: Readonly<Record<string, unknown>>,
  reading: ValidationState,
): readonly string[] {
  if (schema.extra === 'ignore') return [];
  const known = new Set(fields.flatMap((field) => field.in));
  const unknown = Object.keys(source).filter((name) => !known.has(name));
  if (schema.extra === 'allow')
    return unknown.filter((name) => copyExtra(instance, name, source[name]));
  for (const name of unknown) reading.refuseAt(name, EXTRA, source[name]);
  return [];
}

/** Keeps an unknown field, unless it would hide a field, a method or what every object has. */
export function copyExtra(instance: object, name: string, value: unknown): boolean {
  if (name in instance) return false;
  setOwn(instance, name, value);
  return true;
}
