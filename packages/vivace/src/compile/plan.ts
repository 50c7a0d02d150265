import type { Input, Node } from '../model/node';
import { neededBy } from '../model/graph/root';
import type { Operation, SocketOperation } from '../model/model';
import { callerOf, marksOf, type Mark } from '../model/replays';

/** One thing that happens on the way to the answer, in the order of the phases. */
export type Step =
  | { readonly kind: 'resolve'; readonly node: Node }
  | { readonly kind: 'body' }
  | { readonly kind: 'inputs'; readonly node: Node }
  | { readonly kind: 'verdict' }
  | { readonly kind: 'replay'; readonly inputs: readonly Mark[]; readonly caller: readonly Mark[] };

/** The ordered steps of one operation, up to the call of its handler. */
export interface Plan {
  readonly steps: readonly Step[];
  readonly root: Node;
  /** The place of each input among the issues: dependencies first, then path, query, header, cookie, body. */
  readonly rank: ReadonlyMap<Input, number>;
  /** Whether a dependency of the request has clean-up, or may have. */
  readonly scoped: boolean;
}

/**
 * Settles what happens when: nodes that guard, the body, the other nodes, the handler's inputs, the verdict on all of them, the answer
 * that was given before, constructors.
 */
export function planOf(
  operation: Pick<Operation | SocketOperation, 'effects' | 'root'> & {
    readonly body?: Operation['body'];
    readonly replays?: boolean;
  },
): Plan {
  const { effects, root } = operation;
  const nodes = inOrder([...effects, root]).filter((node) => node !== root);
  const eager = neededBeforeVerdict(nodes, effects, root);
  const steps: Step[] = [
    ...nodes.filter((node) => node.beforeBody).map(resolve),
    ...(operation.body === undefined ? [] : [{ kind: 'body' } as const]),
    ...nodes.filter((node) => !node.beforeBody && eager.has(node)).map(resolve),
    // Inputs of constructors that wait for the verdict are part of it.
    ...nodes
      .filter((node) => !node.beforeBody && !eager.has(node))
      .map((node) => ({ kind: 'inputs', node }) as const),
    { kind: 'inputs', node: root },
    { kind: 'verdict' },
    ...(operation.replays === true ? [replay([...nodes, root])] : []),
    ...nodes.filter((node) => !node.beforeBody && !eager.has(node)).map(resolve),
  ];
  return {
    steps,
    root,
    rank: rankOf([...nodes, root]),
    scoped: nodes.some((node) => node.generator !== false),
  };
}

const resolve = (node: Node): Step => ({ kind: 'resolve', node });

const replay = (nodes: readonly Node[]): Step => ({
  kind: 'replay',
  inputs: marksOf(nodes),
  caller: callerOf(nodes),
});

/** The nodes of a request, each after those it needs and once. */
function inOrder(roots: readonly Node[]): Node[] {
  const order = new Set<Node>();
  const visit = (node: Node): void => {
    if (order.has(node) || node.lifetime === 'singleton') return;
    for (const needed of neededBy(node)) visit(needed);
    order.add(node);
  };
  for (const node of roots) visit(node);
  return [...order];
}

/** All but the constructors that only the handler, or other such constructors, need. */
function neededBeforeVerdict(
  nodes: readonly Node[],
  effects: readonly Node[],
  root: Node,
): ReadonlySet<Node> {
  const eager = new Set<Node>();
  const mark = (node: Node): void => {
    if (eager.has(node)) return;
    eager.add(node);
    for (const needed of neededBy(node)) mark(needed);
  };
  for (const node of nodes) if (node.kind !== 'constructor' || effects.includes(node)) mark(node);
  // What decides on inputs is there before they are read.
  for (const { constraints = [] } of [...nodes, root])
    for (const { input } of constraints) mark(input.node);
  return eager;
}

/** Fields and files of a form stand as they are written. */
const PLACES = [['path'], ['query'], ['header'], ['cookie'], ['body', 'form', 'file']];

/** The inputs of a node in the order of its issues. */
function rankOf(nodes: readonly Node[]): ReadonlyMap<Input, number> {
  const inputs = nodes.flatMap((node) =>
    PLACES.flatMap((place) => node.inputs.filter(({ kind }) => place.includes(kind))),
  );
  return new Map(inputs.map((input, index) => [input, index]));
}
