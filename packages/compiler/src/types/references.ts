import type { Reference } from './type-data';

/** The references to definitions in a definition or a type. */
export function* referencesIn(value: unknown): Generator<Reference> {
  if (typeof value !== 'object' || value === null) return;
  if (typeof (value as { ref?: unknown }).ref === 'string') yield value as Reference;
  for (const part of Object.values(value)) yield* referencesIn(part);
}
