import type { Check } from '../schema/check';
import type { ListSchema, RecordSchema, TupleSchema } from '../schema/schema';
import { broken } from './interpret-checks';
import { itemsOf } from './iterables';
import { isFieldless, isObject, setOwn } from './properties';
import { INVALID, LAX, ValidationState, type Steps } from './validation-state';
import { Refusal } from './refusal';

export const NOT_LIST = new Refusal('list_type', 'Input should be a valid list');
const NOT_SET = new Refusal('set_type', 'Input should be a valid set');
const NOT_TUPLE = new Refusal('tuple_type', 'Input should be a valid tuple');
const NOT_RECORD = new Refusal('dict_type', 'Input should be a valid dictionary');
const NOT_KEY = new Refusal('invalid_key', 'Keys should be strings');
const MISSING = new Refusal('missing', 'Field required');

export function* readList(
  schema: ListSchema,
  value: unknown,
  reading: ValidationState,
): Steps<unknown> {
  const input = itemsGiven(value, reading);
  if (input === undefined)
    return reading.refuse(schema.unique === true ? NOT_SET : NOT_LIST, value);
  if (schema.unique === true ? !(value instanceof Set) : !Array.isArray(value)) reading.fits(LAX);
  const limits = schema.checks?.filter(isLimit) ?? [];
  const limited = limits.length === 0 ? undefined : { ...schema, checks: limits };
  const given = { schema, input, value, limited };
  return yield* schema.unique === true ? readMembers(given, reading) : readItems(given, reading);
}

interface Given {
  readonly schema: ListSchema;
  readonly input: readonly unknown[];
  /** What `input` are the items of. */
  readonly value: unknown;
  /** The list with those constraints that say how many items there may be. */
  readonly limited: ListSchema | undefined;
}

/** As pydantic: of a list that is too long nothing is read. */
function* readItems(
  { schema, input, value, limited }: Given,
  reading: ValidationState,
): Steps<unknown> {
  const problem = limited && (yield* broken(limited, input, reading));
  if (problem !== undefined) return reading.refuse(problem, value);
  const items: unknown[] = [];
  for (let index = 0; index < input.length; index += 1) {
    const result = yield* readItem(schema, input, index, reading);
    if (result !== INVALID) items.push(result);
  }
  return items.length < input.length ? INVALID : items;
}

/** Of a set no more is read than it may hold. */
function* readMembers(
  { schema, input, value, limited }: Given,
  reading: ValidationState,
): Steps<unknown> {
  const before = reading.issues.length;
  const members = new Set<unknown>();
  let valid = true;
  for (let index = 0; index < input.length; index += 1) {
    const result = yield* readItem(schema, input, index, reading);
    if (result === INVALID) {
      valid = false;
      continue;
    }
    members.add(result);
    const problem = limited && (yield* broken(limited, members, reading));
    if (problem === undefined) continue;
    reading.issues.splice(before);
    return reading.refuse(problem, value);
  }
  return valid ? members : INVALID;
}

function* readItem(
  schema: ListSchema,
  input: readonly unknown[],
  index: number,
  reading: ValidationState,
): Steps<unknown> {
  const item = reading.exactly(schema.items, input, index, input[index]);
  const fitting = reading.readFitting(schema.items, item);
  return fitting === INVALID ? yield* reading.explain(index, schema.items, item) : fitting;
}

function itemsGiven(value: unknown, reading: ValidationState): readonly unknown[] | undefined {
  if (reading.origin.output) return itemsWritten(value, reading);
  return Array.isArray(value) ? value : value instanceof Set ? [...value] : undefined;
}

/** What an answer has; a relation that was not loaded says so when it is gone through. */
function itemsWritten(value: unknown, { path }: ValidationState): readonly unknown[] | undefined {
  try {
    return itemsOf(value);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new TypeError(`The items of ${path.join('.')} cannot be read: ${why}`, { cause });
  }
}

/** Whether a constraint says how many items there may be. */
export function isLimit(check: Check): boolean {
  return LIMITS.has(check.rule);
}

const LIMITS: ReadonlySet<string> = new Set(['maxItems', 'maxLength', 'arrayMaxSize']);

export function* readTuple(
  schema: TupleSchema,
  given: unknown,
  reading: ValidationState,
): Steps<unknown> {
  const value = reading.origin.output ? itemsWritten(given, reading) : given;
  if (!Array.isArray(value)) return reading.refuse(NOT_TUPLE, given);
  reading.fits(LAX);
  const { items, rest, required } = schema;
  if (rest === undefined && value.length > items.length)
    return reading.refuse(tooLong(items.length, value.length), value);
  const read: unknown[] = [];
  let valid = true;
  for (let index = 0; index < Math.max(value.length, required); index += 1) {
    const item = items[index] ?? rest;
    const result =
      item !== undefined && index < value.length
        ? yield* reading.at(index, item, reading.exactly(item, value, index, value[index]))
        : reading.refuseAt(index, MISSING, value);
    if (result === INVALID) valid = false;
    read.push(result);
  }
  return valid ? read : INVALID;
}

function tooLong(most: number, actual: number): Refusal {
  const text = `Tuple should have at most ${most} item${most === 1 ? '' : 's'} after validation, not ${actual}`;
  return new Refusal('too_long', text, {
    field_type: 'Tuple',
    max_length: most,
    actual_length: actual,
  });
}

export function* readRecord(
  schema: RecordSchema,
  value: unknown,
  reading: ValidationState,
): Steps<unknown> {
  if (!isObject(value) || (reading.origin.output && !isMap(value) && isFieldless(value)))
    return reading.refuse(NOT_RECORD, value);
  const entries: (readonly [unknown, unknown])[] = [];
  let valid = true;
  for (const [key, item] of isMap(value) ? value : Object.entries(value)) {
    if (!isKey(key)) {
      reading.refuseAt('[key]', NOT_KEY, key);
      valid = false;
      continue;
    }
    const name = key instanceof Date ? key.toISOString() : String(key);
    const keys = keyReading(name, reading);
    const readKey = yield* keys.read(schema.keys, name);
    reading.issues.push(...keys.issues);
    if (typeof key === 'string') reading.fits(keys.exactness);
    const part = reading.exactly(schema.values, value, name, item);
    const result = yield* reading.at(name, schema.values, part);
    if (readKey === INVALID || result === INVALID) valid = false;
    else entries.push([readKey, result]);
  }
  if (!valid) return INVALID;
  if (schema.as === 'map') return new Map(entries);
  const record = {};
  for (const [key, item] of entries) setOwn(record, String(key), item);
  return record;
}

const isMap = (value: object): value is Map<unknown, unknown> => value instanceof Map;

const isKey = (key: unknown): boolean =>
  key instanceof Date || (typeof key !== 'object' && typeof key !== 'symbol');

/** A key is text, whatever it stands for. */
function keyReading(key: string, { origin, path }: ValidationState): ValidationState {
  return new ValidationState({ ...origin, mode: 'text' }, [...path, key, '[key]']);
}
