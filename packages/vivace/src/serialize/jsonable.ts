import type { Json } from '../declare/json';
import { Secret } from '../declare/secret';
import type { FieldFilter } from '../declare/options/field-filter';
import { isThenable } from '../errors/async';
import { modelOf } from '../schema/default-builder';
import type { ObjectSchema } from '../schema/schema';
import { encodeWith } from '../responses/json';
import { base64Of, matterOf, nameOf } from '../responses/matter';
import { instantText } from './instant-text';
import { innerFilter, isChosen, shownFields } from './field-filter';
import { isFormless, setOwn } from '../validate/properties';

/** What `JSON.stringify` should make of a big integer, which a number cannot hold. */
const { rawJSON } = JSON as unknown as { rawJSON(text: string): unknown };

/** JSON text of any value that has no response model, as FastAPI's encoder writes it. */
export function jsonText(value: unknown, indent = 0): string {
  return (
    JSON.stringify(
      isPlain(value, 0) ? value : new Encoder({}, (big) => rawJSON(String(big))).encode(value),
      null,
      indent,
    ) ?? 'null'
  );
}

encodeWith(jsonText);

/** JSON text of what a schema of another library gave, which is a model as a DTO is. */
export function filteredText(value: unknown, filter: FieldFilter): string {
  const { include, exclude, excludeNone } = filter;
  const isWhole = include === undefined && exclude === undefined && excludeNone !== true;
  if (isWhole && isPlain(value, 0)) return JSON.stringify(value);
  const encoder = new Encoder(filter, (big) => rawJSON(String(big)), 1);
  return JSON.stringify(encoder.encode(value)) ?? 'null';
}

/** The same of an item of a stream: FastAPI puts a blank after commas and colons there, except in a DTO. */
export function spacedText(value: unknown): string {
  if (typeof value !== 'object' || value === null || modelOf(value) !== undefined)
    return jsonText(value);
  return jsonText(value, 1).replace(/,\n */g, ', ').replace(/\n */g, '');
}

/**
 * Gives the JSON form of a value: DTOs by their fields, dates as ISO 8601, maps and sets as objects and lists, secrets masked.
 *
 * @throws TypeError if a value has no JSON form, such as NaN or an object that contains itself
 * @example
 * store.set(id, jsonable(item, { excludeUnset: true }))
 */
export function jsonable(value: unknown, options: FieldFilter = {}): Json {
  return new Encoder(options, (big) =>
    Number.isSafeInteger(Number(big)) ? Number(big) : String(big),
  ).encode(value) as Json;
}

/** Whether `JSON.stringify` writes a value as we would. */
function isPlain(value: unknown, depth: number): boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return true;
    case 'number':
      return Number.isFinite(value);
    case 'undefined':
      return depth > 0;
    case 'object': {
      if (value === null) return true;
      if (depth > 64) return false;
      if (Array.isArray(value)) {
        for (const item of value) if (!isPlain(item, depth + 1)) return false;
        return true;
      }
      const prototype: unknown = Object.getPrototypeOf(value);
      if (prototype !== Object.prototype && prototype !== null) return false;
      for (const name in value)
        if (!isPlain((value as Record<string, unknown>)[name], depth + 1)) return false;
      return true;
    }
    default:
      return false;
  }
}

/** Encodes one value. */
class Encoder {
  readonly #outer: object[] = [];
  readonly #path: (string | number)[] = [];
  #models: number;

  readonly #filter: FieldFilter;
  readonly #bigint: (value: bigint) => unknown;

  /** @param models how many models are around the value: they write instants and bytes in their own way */
  constructor(filter: FieldFilter, bigint: (value: bigint) => unknown, models = 0) {
    this.#filter = filter;
    this.#bigint = bigint;
    this.#models = models;
  }

  encode(value: unknown, filter = this.#filter): unknown {
    switch (typeof value) {
      case 'string':
      case 'boolean':
        return value;
      case 'number':
        if (!Number.isFinite(value)) throw this.#formless(`${value} has`);
        return value;
      case 'bigint':
        return this.#bigint(value);
      case 'object':
        return value === null ? null : this.#encodeObject(value, filter);
      case 'undefined':
        return undefined;
      case 'function':
      case 'symbol':
        throw this.#formless(`A ${typeof value}${nameSaid(value)} has`);
    }
  }

  #encodeObject(value: object, filter: FieldFilter): unknown {
    if (isThenable(value)) throw this.#formless('A promise that was not awaited has');
    if (matterOf(value) === 'bytes') return base64Of(value as Uint8Array);
    if (isFormless(value)) throw this.#formless(`An instance of ${nameOf(value)} has`);
    // As FastAPI: pydantic writes the instants of its models, the encoder those outside of them.
    if (value instanceof Date) return instantText(value, this.#models > 0 ? 'Z' : '+00:00');
    if (value instanceof Secret) return String(value);
    if (this.#outer.includes(value))
      throw this.#formless(`${value.constructor?.name ?? 'Object'} contains itself, so it has`);
    this.#outer.push(value);
    const encoded = this.#encodeParts(value, filter);
    this.#outer.pop();
    return encoded;
  }

  #encodeParts(value: object, filter: FieldFilter): unknown {
    if (Array.isArray(value) || value instanceof Set)
      return Array.from(value, (item, index) => this.#encodePart(index, item, filter) ?? null);
    if (value instanceof Map) return this.#encodeEntries(value, filter);
    const model = modelOf(value);
    if (model !== undefined) return this.#encodeModel(model, value, filter);
    const { toJSON } = value as { toJSON?: unknown };
    return typeof toJSON === 'function'
      ? this.encode(toJSON.call(value), filter)
      : this.#encodeEntries(Object.entries(value), filter);
  }

  #encodeEntries(entries: Iterable<readonly [unknown, unknown]>, filter: FieldFilter): unknown {
    const object = {};
    for (const [key, value] of entries) {
      const name = this.#encodeKey(key);
      if ((value === null && filter.excludeNone === true) || !isChosen(name, filter)) continue;
      const encoded = this.#encodePart(name, value, innerFilter(filter));
      if (encoded !== undefined) setOwn(object, name, encoded);
    }
    return object;
  }

  #encodeKey(key: unknown): string {
    if (typeof key === 'string' || typeof key === 'bigint') return String(key);
    const text = this.encode(key);
    if (typeof text !== 'object' || text === null) return String(text);
    throw this.#formless(`A key that is an instance of ${nameOf(key as object)} has`);
  }

  #encodeModel(model: ObjectSchema, instance: object, filter: FieldFilter): unknown {
    const object = {};
    this.#models += 1;
    for (const [name, value] of shownFields(model, instance, filter))
      setOwn(object, name, this.#encodePart(name, value, innerFilter(filter)));
    this.#models -= 1;
    return object;
  }

  #encodePart(name: string | number, value: unknown, filter: FieldFilter): unknown {
    this.#path.push(name);
    const encoded = this.encode(value, filter);
    this.#path.pop();
    return encoded;
  }

  #formless(what: string): TypeError {
    return new TypeError(
      `${what} no form in JSON${this.#path.length === 0 ? '' : ` (${this.#path.join('.')})`}.`,
    );
  }
}

function nameSaid(value: Function | symbol): string {
  const name = typeof value === 'symbol' ? value.description : value.name;
  return name === undefined || name === '' ? '' : ` ${name}`;
}
