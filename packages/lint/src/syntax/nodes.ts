import type { CallExpression, Expression, Node, ObjectProperty, Program } from 'oxc-parser';
import { plain } from './constants';

/** A node and all nodes inside it, in the order of the text, without those that `skip` excludes. */
export function* nodesOf(root: Node, skip: (node: Node) => boolean = () => false): Generator<Node> {
  yield root;
  for (const [key, part] of Object.entries(root) as [string, unknown][]) {
    if (key === 'parent') continue;
    for (const child of Array.isArray(part) ? part : [part]) {
      if (isNode(child) && !skip(child)) yield* nodesOf(child, skip);
    }
  }
}

function isNode(value: unknown): value is Node {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as { type?: unknown }).type === 'string'
  );
}

/** `f` of `f()` and of `a.f()`. */
export function calleeOf({ callee }: { readonly callee: Expression }): string | undefined {
  if (callee.type === 'Identifier') return callee.name;
  return callee.type === 'MemberExpression' && callee.property.type === 'Identifier'
    ? callee.property.name
    : undefined;
}

export function* callsOf(program: Node, name: string): Generator<CallExpression> {
  for (const node of nodesOf(program))
    if (node.type === 'CallExpression' && calleeOf(node) === name) yield node;
}

/**
 * The properties of an object that have a plain name: of a literal or a constant of the file, with
 * those that are spread into it.
 */
export function propertiesOf(
  node: Node | undefined,
  program: Program,
  depth = 0,
): ReadonlyMap<string, ObjectProperty> {
  const object = plain(node, program);
  if (object?.type !== 'ObjectExpression' || depth > DEEPEST) return new Map();
  const named = object.properties.flatMap((property): [string, ObjectProperty][] => {
    if (property.type !== 'Property')
      return [...propertiesOf(property.argument, program, depth + 1)];
    const name = keyOf(property);
    return name === undefined ? [] : [[name, property]];
  });
  return new Map(named);
}

/** A constant that is spread into itself ends here. */
const DEEPEST = 10;

export function keyOf({
  key,
  computed,
}: {
  readonly key: Node;
  readonly computed: boolean;
}): string | undefined {
  if (key.type === 'Identifier' && !computed) return key.name;
  return key.type === 'Literal' && typeof key.value === 'string' ? key.value : undefined;
}
