import type { Node } from '../model/node';
import { neededBy } from '../model/graph/root';
import { constraintClassesOf } from '../schema/constraint-instances';

/** What is resolved when: each node once, after all that it needs. Between `dependencies` and `cleanups` the inputs are judged. */
export interface Order {
  readonly schemes: readonly Node[];
  /** With what they need; then the body is read. */
  readonly guards: readonly Node[];
  /** In written order, with what they need. */
  readonly dependencies: readonly Node[];
  /** With clean-up, and needed by the handler or constructors only. */
  readonly cleanups: readonly Node[];
  readonly constructors: readonly Node[];
}

/** Settles the order of what a request needs, so that nothing opens before it has to. */
export function orderOf(effects: readonly Node[], root: Node): Order {
  const placing = new Placing();
  const all = inOrder([...effects, root]).filter((node) => node !== root);
  return {
    schemes: [...placing.place(...all.filter(({ kind }) => kind === 'scheme'))],
    guards: [...placing.place(...all.filter(({ guard }) => guard))],
    dependencies: [...placing.place(...effects), ...placing.early(root)],
    cleanups: [...placing.place(...all.filter(({ generator }) => generator === true))],
    constructors: [...placing.place(...all)],
  };
}

/** The nodes of a request, each after those it needs and once. */
export function inOrder(roots: readonly Node[]): readonly Node[] {
  return [...new Placing().place(...roots)];
}

class Placing {
  readonly #placed = new Set<Node>();
  readonly #passed = new Set<Node>();
  readonly #opening = new Map<Node, boolean>();

  /** Nodes after all that they need, as far as they have no place yet. */
  *place(...nodes: readonly Node[]): Generator<Node> {
    for (const node of nodes) {
      if (this.#placed.has(node) || node.lifetime === 'singleton') continue;
      this.#placed.add(node);
      yield* this.place(...neededBy(node));
      yield node;
    }
  }

  /** What runs before the verdict of that which a node after it needs. */
  *early(late: Node, direct = true): Generator<Node> {
    if (this.#passed.has(late)) return;
    this.#passed.add(late);
    const deciding = decidingFor(late);
    for (const node of neededBy(late)) {
      if (node.lifetime === 'singleton' || this.#placed.has(node)) continue;
      if (deciding.has(node) || this.#isEarly(node, direct)) yield* this.place(node);
      else yield* this.early(node, false);
    }
  }

  /** Functions without clean-up, but where constructors alone need them only those that open nothing. */
  #isEarly(node: Node, direct: boolean): boolean {
    if (node.opens === 'early') return true;
    if (node.kind === 'constructor' || node.generator === true) return false;
    return direct || !this.#opens(node);
  }

  #opens(node: Node): boolean {
    if (node.lifetime === 'singleton') return false;
    const known = this.#opening.get(node);
    if (known !== undefined) return known;
    const opens = node.generator === true || neededBy(node).some((needed) => this.#opens(needed));
    this.#opening.set(node, opens);
    return opens;
  }
}

/** What the container makes for the constraints on the inputs of a node has to be there before these are read. */
function decidingFor({ inputs, constraints = [] }: Node): ReadonlySet<Node> {
  if (constraints.length === 0) return NONE;
  const classes = new Set(
    inputs.flatMap((input) => ('schema' in input ? [...constraintClassesOf(input.schema)] : [])),
  );
  return new Set(
    constraints.filter(({ type }) => classes.has(type)).map(({ input }) => input.node),
  );
}

const NONE: ReadonlySet<Node> = new Set();
