import type { Draft } from './draft';
import type { Node } from '../node';
import { neededBy } from './root';

/**
 * Marks what is resolved before the body is read: guards, with all that they need; but none that needs the body,
 * since that would have to be read first.
 */
export function markBeforeBody(nodes: readonly Draft[], guards: ReadonlySet<Node>): void {
  const readers = new Map<Node, boolean>();
  const readsBody = (node: Node): boolean => {
    const known = readers.get(node);
    if (known !== undefined) return known;
    const reads =
      node.inputs.some(({ kind }) => kind === 'body' || kind === 'form' || kind === 'file') ||
      neededBy(node).some(readsBody);
    readers.set(node, reads);
    return reads;
  };
  const beforeBody = new Set<Node>();
  const mark = (node: Node): void => {
    if (beforeBody.has(node)) return;
    beforeBody.add(node);
    neededBy(node).forEach(mark);
  };
  for (const guard of guards) if (!readsBody(guard)) mark(guard);
  for (const node of nodes) node.beforeBody = beforeBody.has(node);
}
