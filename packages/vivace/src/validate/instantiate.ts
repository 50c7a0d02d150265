import type { Class } from '../declare/class';
import { writtenIn } from '../reflect/registry';
import type { ObjectSchema } from '../schema/schema';
import { setOwn } from './properties';

/**
 * How instances of a class are made, of which what was not sent and has no default is no property.
 * `name?: string` of a class makes one with the value `undefined`, which `Object.assign` and `{ ...dto }` would copy.
 */
export interface Construction {
  readonly type: new () => Record<PropertyKey, unknown>;
  /** Makes an object of the class without its fields; undefined where `new type()` has no empty ones. */
  readonly bare: (new () => object) | undefined;
  /** The fields that have initialisers. */
  readonly initial: readonly PropertyKey[];
  /** Only the constructor can make an instance, so that its empty fields are removed afterwards. */
  readonly emptied: readonly PropertyKey[];
}

const constructions = new WeakMap<Class, Construction>();

export function constructionOf(type: Class): Construction {
  let construction = constructions.get(type);
  if (construction === undefined) {
    construction = studied(type as Construction['type']);
    constructions.set(type, construction);
  }
  return construction;
}

/** A new instance of the class, whose initialisers are the defaults, or a plain object. */
export function instantiate(schema: Pick<ObjectSchema, 'type'>): object {
  if (schema.type === undefined) return {};
  const { type, bare: Bare, initial, emptied } = constructionOf(schema.type);
  if (Bare === undefined) return withoutEmpty(new type(), emptied);
  const instance = new Bare();
  if (initial.length === 0) return instance;
  const given = new type();
  for (const name of initial)
    if (given[name] !== undefined) setOwn(instance, name as string, given[name]);
  return instance;
}

/** Removes what has no value. An object from which a property was removed is slower, so this is for classes that leave no other way. */
export function withoutEmpty(
  instance: Record<PropertyKey, unknown>,
  names: readonly PropertyKey[],
): object {
  for (const name of names)
    if (instance[name] === undefined) Reflect.deleteProperty(instance, name);
  return instance;
}

function studied(type: Construction['type']): Construction {
  const sample = new type();
  const names = Reflect.ownKeys(sample);
  const initial = names.filter((name) => sample[name] !== undefined);
  const empty = names.filter((name) => sample[name] === undefined);
  if (empty.length === 0) return { type, bare: undefined, initial, emptied: [] };
  if (!isCopied(type, sample)) return { type, bare: undefined, initial, emptied: empty };
  return { type, bare: bareClass(type), initial, emptied: [] };
}

/** Private members stay with the object that the constructor made, and what says `this` may hold it. */
function isCopied(type: Construction['type'], sample: object): boolean {
  for (let each: unknown = type; typeof each === 'function'; each = Object.getPrototypeOf(each)) {
    const text = writtenIn(each);
    if (text.includes('[native code]')) break;
    if (/#|\b(?:constructor|accessor|this|super)\b/.test(text)) return false;
  }
  return Object.values(Object.getOwnPropertyDescriptors(sample)).every(
    ({ writable, enumerable }) => writable === true && enumerable === true,
  );
}

function bareClass(type: Construction['type']): new () => object {
  const Bare = function () {} as unknown as new () => object;
  Bare.prototype = type.prototype as object;
  return Bare;
}
