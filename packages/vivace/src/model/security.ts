import type { Node, SecurityUse } from './model';

/** The schemes of an operation, each once with all scopes it is used with. */
export function securityOf(nodes: readonly Node[]): readonly SecurityUse[] {
  const uses = new Map<string, { scheme: SecurityUse['scheme']; scopes: Set<string> }>();
  for (const { scheme, scopes } of nodes) {
    if (scheme === undefined) continue;
    const use = uses.get(scheme.name) ?? { scheme, scopes: new Set() };
    uses.set(scheme.name, use);
    for (const scope of scopes) use.scopes.add(scope);
  }
  return Object.freeze([...uses.values()].map(({ scheme, scopes }) => Object.freeze({ scheme, scopes: Object.freeze([...scopes]) })));
}
