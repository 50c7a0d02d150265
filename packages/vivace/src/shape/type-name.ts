import type { Choice, Type } from '../declare/type';
import { factsOf } from '../declare/value-facts';

/**
 * What a value that stands for a type is called: `Item[]`, `Page<Item>`, `int`. Two that are written
 * alike have one name.
 *
 * @param nameOf what a class, an enum or a schema of a library is called
 */
export function typeName(type: Type | Choice, nameOf: (value: object) => string): string {
  if (type === null || (typeof type !== 'object' && typeof type !== 'function'))
    return JSON.stringify(type);
  if (Array.isArray(type)) return `${typeName(type[0] as Type, nameOf)}[]`;
  const facts = factsOf(type);
  if (facts?.kind !== 'token') return nameOf(type);
  const { token, of, choices = [] } = facts;
  if (token === 'listOf') return `${typeName(of!, nameOf)}[]`;
  if (token === 'pageOf') return `Page<${typeName(of!, nameOf)}>`;
  if (token !== 'oneOf') return token;
  return `(${choices.map((one) => typeName(one, nameOf)).join('|')})`;
}

const ids = new WeakMap<object, number>();
let last = 0;

/** A name that only this value has, while the process runs. */
export function identityOf(value: object): string {
  const id = ids.get(value) ?? (last += 1);
  ids.set(value, id);
  return `#${id}`;
}

/** The name of a class as it is written; a value without one is called by what it is. */
export function writtenName(value: object): string {
  return typeof value === 'function' ? value.name : 'type';
}
