import type { Issue } from '../errors/issue';
import { alternatives, childAt, some } from '../schema/visit';
import type { Schema } from '../schema/schema';
import { isObject, setOwn } from './properties';

const MASK = '**********';

/** The issues of a value, without the secrets that the objects around them hold. */
export function withoutSecrets(
  schema: Schema,
  value: unknown,
  issues: readonly Issue[],
): readonly Issue[] {
  if (issues.length === 0 || !holdsSecret(schema)) return issues;
  const masked = new Map<unknown, unknown>();
  mask(schema, value, masked);
  return issues.map((issue) =>
    masked.has(issue.input) ? { ...issue, input: last(issue.input, masked) } : issue,
  );
}

/** In a union each member masks the copy that the one before made. */
function last(input: unknown, masked: ReadonlyMap<unknown, unknown>): unknown {
  let copy = input;
  while (masked.has(copy)) copy = masked.get(copy);
  return copy;
}

/** A copy of a value in which secrets are masked; `masked` gets the copy of each object inside. */
function mask(schema: Schema, value: unknown, masked: Map<unknown, unknown>): unknown {
  if (schema.kind === 'secret') return MASK;
  if (typeof value !== 'object' || value === null || !holdsSecret(schema)) return value;
  const copy = maskedParts(schema, value, masked);
  if (copy !== value) masked.set(value, copy);
  return copy;
}

function maskedParts(schema: Schema, value: object, masked: Map<unknown, unknown>): unknown {
  const others = schema.kind === 'recursive' ? [schema.inner] : alternatives(schema);
  if (others.length > 0)
    return others.reduce<unknown>((copy, other) => mask(other, copy, masked), value);
  const maskedAt = (key: string | number, item: unknown): unknown => {
    const child = childAt(schema, key);
    return child === undefined ? item : mask(child, item, masked);
  };
  return Array.isArray(value)
    ? value.map((item, index) => maskedAt(index, item))
    : copyOf(value, maskedAt);
}

function copyOf(value: object, change: (name: string, item: unknown) => unknown): unknown {
  if (!isObject(value)) return value;
  const copy = {};
  for (const [name, item] of Object.entries(value)) setOwn(copy, name, change(name, item));
  return copy;
}

const known = new WeakMap<Schema, boolean>();

function holdsSecret(schema: Schema): boolean {
  let holds = known.get(schema);
  if (holds === undefined) {
    holds = some(schema, ({ kind }) => kind === 'secret');
    known.set(schema, holds);
  }
  return holds;
}
