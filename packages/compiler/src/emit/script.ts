import { parseSync } from 'oxc-parser';

/** A node of JavaScript's syntax (ESTree) with whatever parts its kind has. */
export interface ScriptNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly name?: string;
  readonly value?: unknown;
  readonly id?: ScriptNode | null;
  readonly init?: ScriptNode | null;
  readonly left?: ScriptNode;
  readonly right?: ScriptNode;
  readonly alternate?: ScriptNode;
  readonly object?: ScriptNode;
  readonly property?: ScriptNode;
  readonly callee?: ScriptNode;
  readonly arguments?: readonly ScriptNode[];
  readonly elements?: readonly (ScriptNode | null)[];
  readonly expression?: ScriptNode;
  readonly expressions?: readonly ScriptNode[];
  readonly properties?: readonly ScriptNode[];
  readonly key?: ScriptNode;
  readonly computed?: boolean;
  readonly kind?: string;
  readonly body?: ScriptNode | readonly ScriptNode[];
  readonly source?: ScriptNode | null;
  readonly specifiers?: readonly ScriptNode[];
  readonly local?: ScriptNode;
  readonly imported?: ScriptNode;
}

export interface Script {
  readonly code: string;
  readonly program: ScriptNode;
}

/** Parses JavaScript that a compiler emitted. */
export function parseScript(code: string, filename: string): Script {
  const { errors, program } = parseSync(filename.replace(/\.[cm]?tsx?$/, '.js'), code, {
    lang: 'jsx',
    sourceType: 'unambiguous',
  });
  const [error] = errors;
  if (error) throw new Error(`${filename}: ${error.message}`);
  return { code, program: program as unknown as ScriptNode };
}

/** Parses TypeScript that a person wrote; nothing where it has an error, which SWC tells better. */
export function parseSource(source: string, filename: string): ScriptNode | undefined {
  const { errors, program } = parseSync(filename, source);
  return errors.length > 0 ? undefined : (program as unknown as ScriptNode);
}

/** A node with the ones that hold it, from the nearest. */
export interface Visited {
  readonly node: ScriptNode;
  readonly parents: readonly ScriptNode[];
}

/** Every node, in the order of the text. */
export function* nodesOf(
  node: ScriptNode,
  parents: readonly ScriptNode[] = [],
): Generator<Visited> {
  yield { node, parents };
  const inner = [node, ...parents];
  for (const part of Object.values(node)) {
    for (const child of Array.isArray(part) ? part : [part]) {
      if (isNode(child)) yield* nodesOf(child, inner);
    }
  }
}

function isNode(value: unknown): value is ScriptNode {
  return (
    typeof value === 'object' && value !== null && typeof (value as ScriptNode).type === 'string'
  );
}

/** Without the `(0, …)` that emitters put around an imported function. */
export function called(callee: ScriptNode): ScriptNode {
  if (callee.type === 'ParenthesizedExpression' && callee.expression)
    return called(callee.expression);
  return callee.type === 'SequenceExpression' ? (callee.expressions?.at(-1) ?? callee) : callee;
}
