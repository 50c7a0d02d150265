import type { Of, Type } from '../declare/type';
import type { FieldFilter } from '../declare/options/field-filter';
import { defaultBuilder, modelOf } from '../schema/default-builder';
import type { Schema } from '../schema/schema';
import { instantiate } from '../validate/instantiate';
import { markSent, sentFields } from '../validate/fields-set';
import { dumped } from './dumped';
import { setOwn } from '../validate/properties';
import { parsed } from '../validate/parsed';

/** Which fields are written. */
export interface DumpOptions<K extends string> extends FieldFilter {
  /** The only fields that are written. */
  readonly include?: readonly NoInfer<K>[];
  /** Fields that are not written. */
  readonly exclude?: readonly NoInfer<K>[];
}

/** How a value is validated. */
export interface ParseOptions {
  /**
   * Whether nothing is converted, so that `"3"` is no number.
   * @default `false`
   */
  readonly strict?: boolean;
  /**
   * The groups of class-validator whose rules count.
   * @default all
   */
  readonly groups?: readonly string[];
}

/**
 * Validates a value as a body would be.
 *
 * @param type a class, `int`, `[T]`, `oneOf(…)`
 * @throws RequestValidationError if it does not fit
 * @example
 * const item = parse(Item, JSON.parse(text))
 */
export function parse<const X extends Type>(
  type: X,
  value: unknown,
  { strict = false, groups }: ParseOptions = {},
): Of<X> {
  return parsed(schemaOf(type, strict), value, groups) as Of<X>;
}

/**
 * Gives the fields of a DTO as a plain object, by their own names; nested DTOs become plain objects too.
 *
 * @example
 * await table.update(id, dump(changes, { excludeUnset: true }))
 */
export function dump<T extends object>(
  value: T,
  options: DumpOptions<keyof T & string> = {},
): Partial<T> {
  return dumped(value, { byAlias: false, ...options }) as Partial<T>;
}

/**
 * Gives a copy of an instance with changes, which count as sent.
 *
 * @example
 * const next = copy(item, dump(changes, { excludeUnset: true }))
 */
export function copy<T extends object>(value: T, changes: Partial<NoInfer<T>>): T {
  const model = modelOf(value);
  const duplicate =
    model === undefined
      ? (Object.create(Object.getPrototypeOf(value) as object) as T)
      : (instantiate(model) as T);
  for (const name of ownFields(value)) setOwn(duplicate, name, value[name]);
  return withFields(
    Object.assign(duplicate, value),
    changes,
    sentFields(value) ?? ownFields(value),
  );
}

/**
 * Makes an instance with these fields; they are not validated, and count as sent.
 *
 * @example
 * const item = make(Item, { name: 'Lamp', price: 12 })
 */
export function make<T extends object>(type: new () => T, fields: Partial<NoInfer<T>>): T {
  return withFields(instantiate({ type }) as T, fields, []);
}

/**
 * Tells which fields of an instance the client sent.
 *
 * @example
 * if (fieldsSet(changes).has('price')) …
 */
export function fieldsSet<T extends object>(value: T): ReadonlySet<keyof T & string> {
  return new Set((sentFields(value) ?? ownFields(value)) as (keyof T & string)[]);
}

/** The fields that an instance has; what an accessor keeps is no property of its own. */
function ownFields<T extends object>(value: T): readonly (keyof T & string)[] {
  const own = Object.keys(value) as (keyof T & string)[];
  const fields = (modelOf(value)?.fields ?? [])
    .filter(({ computed }) => !computed)
    .map(({ name }) => name as keyof T & string);
  return [
    ...own,
    ...fields.filter((name) => !Object.hasOwn(value, name) && value[name] !== undefined),
  ];
}

function withFields<T extends object>(
  instance: T,
  fields: object,
  sentBefore: readonly string[],
): T {
  const changed = Object.entries(fields);
  for (const [name, value] of changed) setOwn(instance, name, value);
  const names = modelOf(instance)?.fields.map((field) => field.name);
  const sent = new Set([...sentBefore, ...changed.map(([name]) => name)]);
  markSent(instance, names === undefined ? [...sent] : names.filter((name) => sent.has(name)));
  return instance;
}

const schemas = { strict: new WeakMap<object, Schema>(), lax: new WeakMap<object, Schema>() };

function schemaOf(type: Type, strict: boolean): Schema {
  const known = strict ? schemas.strict : schemas.lax;
  // `[T]` is a new array at each call, so a list is known by its items.
  const items = Array.isArray(type) ? schemaOf(type[0] as Type, strict) : undefined;
  const key = items ?? type;
  let schema = known.get(key);
  if (schema === undefined) {
    schema =
      items === undefined ? defaultBuilder(strict).fromValue(type, {}) : { kind: 'list', items };
    known.set(key, schema);
  }
  return schema;
}
