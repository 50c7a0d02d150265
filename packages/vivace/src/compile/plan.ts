import type { Input, Node } from '../model/node';
import type { Operation, SocketOperation } from '../model/model';
import { callerOf, marksOf, type Mark } from '../model/replays';
import { mayWait } from '../validate/user-code';
import { inOrder, orderOf } from './order';

/** One thing that happens on the way to the answer. */
export type Step =
  | { readonly kind: 'resolve'; readonly node: Node }
  | { readonly kind: 'body' }
  | { readonly kind: 'inputs'; readonly node: Node }
  | { readonly kind: 'verdict' };

/** A part of the way, as the guide numbers it. */
export interface Stage {
  readonly title: string;
  readonly steps: readonly Step[];
}

/** What middleware that gives answers again asks for between the verdict and what comes after it. */
export interface Replaying {
  readonly inputs: readonly Mark[];
  readonly caller: readonly Mark[];
}

/** What happens when in one operation. */
export interface Plan {
  /** Up to the verdict on all inputs. */
  readonly before: readonly Stage[];
  /** Undefined: no answer is given again. */
  readonly replay: Replaying | undefined;
  /** What the handler and constructors need and nothing before the verdict. */
  readonly cleanups: Stage;
  /** The last one, in which the handler is called. */
  readonly constructors: Stage;
  readonly root: Node;
  /** The place of each input among the issues: dependencies first, then path, query, header, cookie, body. */
  readonly rank: ReadonlyMap<Input, number>;
  /** Whether a dependency of the request has clean-up, or may have. */
  readonly scoped: boolean;
  /** Whether the body is all that is waited for before the handler is called. */
  readonly waitsForBodyOnly: boolean;
}

export function planOf(
  operation: Pick<Operation | SocketOperation, 'effects' | 'root'> & {
    readonly body?: Operation['body'];
    readonly replays?: boolean;
  },
): Plan {
  const { effects, root } = operation;
  const order = orderOf(effects, root);
  const nodes = inOrder([...effects, root]);
  const needed = nodes.filter((node) => node !== root);
  const waiting = [...order.cleanups, ...order.constructors, root];
  return {
    before: [
      stage('1 security schemes', order.schemes.map(resolve)),
      stage('2 guards, with what they need', order.guards.map(resolve)),
      stage('3 the body', operation.body === undefined ? [] : [{ kind: 'body' }]),
      stage('4 dependencies, as written, and inputs', [
        ...order.dependencies.map(resolve),
        // Inputs of what waits for the verdict are part of it.
        ...waiting.map((node) => ({ kind: 'inputs', node }) as const),
      ]),
      stage('5 the verdict on all inputs', [{ kind: 'verdict' }]),
    ],
    replay: operation.replays === true ? replaying(nodes) : undefined,
    cleanups: stage(
      '6 what closes again and only the handler and constructors need',
      order.cleanups.map(resolve),
    ),
    constructors: stage('7 constructors and the handler', order.constructors.map(resolve)),
    root,
    rank: rankOf(nodes),
    scoped: needed.some(({ generator }) => generator !== false),
    waitsForBodyOnly:
      operation.body?.kind === 'json' &&
      operation.replays !== true &&
      needed.every(({ async, generator }) => async === false && generator === false) &&
      !nodes.some(({ inputs }) =>
        inputs.some((input) => 'schema' in input && mayWait(input.schema)),
      ),
  };
}

const stage = (title: string, steps: readonly Step[]): Stage => ({ title, steps });

const resolve = (node: Node): Step => ({ kind: 'resolve', node });

const replaying = (nodes: readonly Node[]): Replaying => ({
  inputs: marksOf(nodes),
  caller: callerOf(nodes),
});

/** Fields and files of a form stand as they are written. */
const PLACES = [['path'], ['query'], ['header'], ['cookie'], ['body', 'form', 'file']];

/** The inputs of a node in the order of its issues. */
function rankOf(nodes: readonly Node[]): ReadonlyMap<Input, number> {
  const inputs = nodes.flatMap((node) =>
    PLACES.flatMap((place) => node.inputs.filter(({ kind }) => place.includes(kind))),
  );
  return new Map(inputs.map((input, index) => [input, index]));
}
