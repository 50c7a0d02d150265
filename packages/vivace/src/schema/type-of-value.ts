import type { Class } from '../declare/class';
import { factsOf } from '../declare/value-facts';
import type { TypeData } from '../reflect/type-data';
import type { Types } from '../reflect/types';

const PRIMITIVES = new Map<unknown, TypeData>([
  [String, 'string'],
  [Number, 'number'],
  [Boolean, 'boolean'],
  [BigInt, 'bigint'],
  [Date, { builtin: 'Date' }],
]);

/** A type that a value stands for, as the types file writes it; undefined for what it has no word for, such as `oneOf(…)`. */
export function typeOfValue(types: Types, value: unknown): TypeData | undefined {
  const primitive = PRIMITIVES.get(value);
  if (primitive !== undefined) return primitive;
  const facts = factsOf(value);
  if (facts?.kind === 'token') {
    if (facts.token === 'listOf') return listOf(types, facts.of);
    if (facts.token === 'unknown') return 'unknown';
    if (facts.token === 'bytes') return { builtin: 'Uint8Array' };
    if (facts.token === 'oneOf' || facts.token === 'pageOf') return undefined;
    const prim = facts.token === 'int' ? 'number' : 'string';
    return { prim, tags: { format: facts.token } };
  }
  if (Array.isArray(value)) return listOf(types, value[0]);
  const id = typeof value === 'function' ? types.idOf(value as Class) : undefined;
  return id === undefined ? undefined : { ref: id };
}

function listOf(types: Types, value: unknown): TypeData | undefined {
  const array = typeOfValue(types, value);
  return array === undefined ? undefined : { array };
}
