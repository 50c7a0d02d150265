import type { Draft } from './graph';
import type { Node } from './model';

/**
 * Marks what is resolved before the body is read: nodes reached through `Security`, schemes and dependencies that need
 * a scheme, with all that they need; but none that needs the body, since that would have to be read first.
 */
export function markEarly(nodes: readonly Draft[], secured: ReadonlySet<Node>): void {
  const guards = new Map<Node, boolean>();
  const readers = new Map<Node, boolean>();
  const needs = (node: Node): readonly Node[] => node.inputs.flatMap((input) => (input.kind === 'node' ? [input.node] : []));
  const isGuard = (node: Node): boolean =>
    remember(guards, node, () => node.kind === 'scheme' || secured.has(node) || (node.kind === 'function' && needs(node).some(isGuard)));
  const readsBody = (node: Node): boolean =>
    remember(
      readers,
      node,
      () =>
        node.inputs.some((input) => input.kind === 'body' || input.kind === 'form' || input.kind === 'file') || needs(node).some(readsBody),
    );
  const early = new Set<Node>();
  const mark = (node: Node): void => {
    if (early.has(node)) return;
    early.add(node);
    needs(node).forEach(mark);
  };
  for (const node of nodes) if (isGuard(node) && !readsBody(node)) mark(node);
  for (const node of nodes) node.early = early.has(node);
}

function remember(memory: Map<Node, boolean>, node: Node, decide: () => boolean): boolean {
  const known = memory.get(node);
  if (known !== undefined) return known;
  const decided = decide();
  memory.set(node, decided);
  return decided;
}
