import type { Input, Node } from '../node';

/** The node that a request is for: it needs others, and nothing needs it. */
export function rootNode(
  node: Pick<
    Node,
    'kind' | 'name' | 'call' | 'inputs' | 'constraints' | 'async' | 'generator' | 'where'
  >,
): Node {
  return Object.freeze({
    ...node,
    inputs: Object.freeze(node.inputs),
    lifetime: 'request',
    exitScope: 'function',
    guard: false,
    credentials: undefined,
    scopes: Object.freeze([]),
  });
}

/** The nodes that a node needs. */
export function neededBy({ inputs, constraints = [] }: Node): readonly Node[] {
  return [...nodesAmong(inputs), ...constraints.map(({ input }) => input.node)];
}

/** The nodes among some inputs. */
export function nodesAmong(inputs: readonly Input[]): readonly Node[] {
  return Object.freeze(inputs.flatMap((input) => (input.kind === 'node' ? [input.node] : [])));
}
