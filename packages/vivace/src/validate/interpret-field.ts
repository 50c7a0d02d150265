import { property } from '../schema/property';
import type { Field, FieldHook, Schema } from '../schema/schema';
import { reworded } from './interpret-checks';
import { typeOf } from './object-fields';
import { setOwn } from './properties';
import { Refusal } from './refusal';
import { faultOf } from './refusing-errors';
import { INVALID, settle, type Steps, type ValidationState } from './validation-state';

export const MISSING = new Refusal('missing', 'Field required');

/** Reads the fields of one object into an instance. */
export class FieldReader {
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

  /** What is checked last sees the other fields, also those that are refused, as they were sent. */
  provide(field: Field): void {
    const present = given(field, this.#source, this.#reading);
    if (present !== undefined) setOwn(this.#instance, field.name, present.value);
  }

  /** Reads a field that has a value which fits without an explanation; false where there is more to say. */
  readFitting(field: Field): boolean {
    const { transformIn, before, after } = field;
    if (transformIn.length + before.length + after.length > 0) return false;
    const present = given(field, this.#source, this.#reading);
    if (present === undefined) return false;
    const value = this.#reading.readFitting(field.schema, present.value);
    if (value === INVALID) return false;
    this.#keep(field, value);
    return true;
  }

  *read(field: Field): Steps<void> {
    const instance = this.#instance;
    const reading = this.#reading;
    const source = this.#source;
    const present = given(field, source, reading);
    const applies =
      field.conditional?.when.every((condition) => condition(instance, present?.value)) ?? true;
    if (present === undefined) {
      if (field.presence === 'required' && applies && !isMade(field, reading))
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
    const value = yield* this.#value(field, present.value, applies ? field.schema : typeOf(field));
    reading.trusted = trusted;
    reading.path.pop();
    if (value !== INVALID) this.#keep(field, value);
  }

  *#value(field: Field, input: unknown, schema: Schema): Steps<unknown> {
    const given = field.transformIn.length === 0 ? input : yield* this.#transform(field, input);
    const before =
      field.before.length === 0 ? given : yield* this.#run(field.before, field, given, input);
    if (before === INVALID) return INVALID;
    const value = yield* readField(field, schema, before, this.#reading);
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

  #keep(field: Field, value: unknown): void {
    this.sent.add(field.name);
    setOwn(this.#instance, field.name, value);
    setOwn(this.#values, field.name, value);
  }
}

/** A serializer may be given what only it knows: then the type of the field is that of what it gives. */
function* readField(
  field: Field,
  schema: Schema,
  value: unknown,
  reading: ValidationState,
): Steps<unknown> {
  const from = reading.issues.length;
  const result = yield* reading.read(schema, value);
  if (result !== INVALID || field.serialized !== true || !reading.origin.output) return result;
  reading.issues.length = from;
  return value;
}

/** Whether what is written of a field is made of the whole object. */
export function isMade({ transformOut }: Field, { origin }: ValidationState): boolean {
  return origin.output && transformOut.length > 0;
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
    const value = reading.origin.output ? raw : reading.exactly(field.schema, source, name, raw);
    if (value !== undefined) return { name, value };
  }
  return undefined;
}

/** Inside an instance that the program made no validator runs. */
export function isUnchecked({ trusted, origin }: ValidationState): boolean {
  return trusted && origin.output;
}
