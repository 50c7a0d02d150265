import type {
  ArrowFunctionExpression,
  Decorator,
  Function,
  MethodDefinition,
  Node,
  Program,
} from 'oxc-parser';
import { calleeOf, callsOf, nodesOf } from './nodes';

export type AnyFunction = Function | ArrowFunctionExpression;

const OPERATIONS: ReadonlySet<string> = new Set(['Get', 'Post', 'Put', 'Patch', 'Delete', 'Route']);

/** The methods of controllers that answer requests. */
export function* operationsOf(
  program: Program,
  names: ReadonlySet<string> = OPERATIONS,
): Generator<MethodDefinition> {
  for (const node of nodesOf(program)) {
    if (
      node.type === 'MethodDefinition' &&
      node.decorators.some((decorator) => names.has(nameOf(decorator) ?? ''))
    )
      yield node;
  }
}

function nameOf({ expression }: Decorator): string | undefined {
  return expression.type === 'CallExpression' ? calleeOf(expression) : undefined;
}

/** The functions of `dependency(…)`. */
export function* dependenciesOf(program: Program): Generator<AnyFunction> {
  for (const call of callsOf(program, 'dependency')) yield* call.arguments.filter(isFunction);
}

/**
 * All functions that run for a request: methods of controllers, and functions of `dependency(…)`.
 */
export function* requestFunctions(program: Program): Generator<AnyFunction> {
  for (const { value } of operationsOf(program)) if (isFunction(value)) yield value;
  yield* dependenciesOf(program);
}

export function isFunction(node: Node): node is AnyFunction {
  return (
    node.type === 'FunctionExpression' ||
    node.type === 'FunctionDeclaration' ||
    node.type === 'ArrowFunctionExpression'
  );
}
