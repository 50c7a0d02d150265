import type { SchemeDocs } from '../declare/value-facts';
import { BootError } from '../errors/boot-error';
import { describe } from '../errors/where';
import type { Node } from './node';
import type { Operation, SecurityUse } from './model';

/** What the nodes of an operation ask for, each scheme once with all scopes it is used with. */
export function securityOf(nodes: readonly Node[]): readonly SecurityUse[] {
  const uses = new Map<string, SecurityUse>();
  for (const { credentials, scopes } of nodes) {
    if (credentials === undefined) continue;
    const { schemes, optional } = credentials;
    const key = JSON.stringify(schemes.map(({ name }) => name));
    const known = uses.get(key);
    const all = Object.freeze([...new Set([...(known?.scopes ?? []), ...scopes])]);
    uses.set(
      key,
      Object.freeze({ schemes, optional: optional && known?.optional !== false, scopes: all }),
    );
  }
  return Object.freeze([...uses.values()]);
}

/** Refuses two schemes of one name that are not the same: the document could describe one of them only. */
export function checkSchemes(operations: readonly Operation[]): void {
  const taken = new Map<string, { readonly scheme: SchemeDocs; readonly operation: Operation }>();
  for (const operation of operations) {
    for (const scheme of operation.security.flatMap(({ schemes }) => schemes)) {
      const first = taken.get(scheme.name);
      if (first === undefined) taken.set(scheme.name, { scheme, operation });
      else if (JSON.stringify(first.scheme.document) !== JSON.stringify(scheme.document)) {
        throw new BootError(
          'SCHEME_NAME',
          operation.where,
          `Its security scheme is called ${scheme.name}, as is another one, which ${describe(first.operation.where)} uses.`,
          `new ${scheme.name}({ name: '…' }) with a name of its own for one of them`,
        );
      }
    }
  }
}
