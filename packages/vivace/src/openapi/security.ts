import type { Operation } from '../model/model';

/** The schemes of an operation, each once with all scopes that are asked of it. */
export function securityOf({ security }: Operation): readonly Readonly<Record<string, readonly string[]>>[] {
  const scopes = new Map<string, Set<string>>();
  for (const use of security) {
    const known = scopes.get(use.scheme.name) ?? new Set();
    scopes.set(use.scheme.name, new Set([...known, ...use.scopes]));
  }
  return [...scopes].map(([name, required]) => ({ [name]: [...required] }));
}
