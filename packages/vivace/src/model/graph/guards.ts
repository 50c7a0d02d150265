import type { Draft } from './draft';
import type { Node } from '../node';
import { neededBy } from './root';

/** Marks what guards before the body is read: all guards but those that need the body, which would have to be read first. */
export function markGuards(nodes: readonly Draft[], guards: ReadonlySet<Node>): void {
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
  for (const node of nodes) node.guard = guards.has(node) && !readsBody(node);
}

/** The guards among some nodes, and all that they need. */
export function neededByGuards(nodes: readonly Node[]): ReadonlySet<Node> {
  const needed = new Set<Node>();
  const add = (node: Node): void => {
    if (needed.has(node)) return;
    needed.add(node);
    neededBy(node).forEach(add);
  };
  nodes.filter(({ guard }) => guard).forEach(add);
  return needed;
}
