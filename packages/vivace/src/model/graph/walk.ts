import type { Node } from '../node';
import { neededBy } from './root';

/** The nodes of a graph in the order of the document: a node before what it needs, each once. */
export function walk(roots: readonly Node[]): readonly Node[] {
  const met = new Set<Node>();
  const visit = (node: Node): void => {
    if (met.has(node)) return;
    met.add(node);
    neededBy(node).forEach(visit);
  };
  roots.forEach(visit);
  return [...met];
}

/** The nodes on the way from one to another that it needs, both included. */
export function wayTo(from: Node, to: Node): readonly Node[] {
  if (from === to) return [to];
  for (const node of neededBy(from)) {
    const way = wayTo(node, to);
    if (way.length > 0) return [from, ...way];
  }
  return [];
}

/** The handler with its own inputs, then what runs for its effect, then what the handler needs. */
export function walkOperation(root: Node, effects: readonly Node[]): readonly Node[] {
  return [root, ...walk([...effects, root]).filter((node) => node !== root)];
}
