import type {
  ArrowFunctionExpression,
  Decorator,
  Function,
  MethodDefinition,
  Node,
  Program,
} from 'oxc-parser';
import { plain } from './constants';
import { calleeOf, callsOf, nodesOf } from './nodes';

export type AnyFunction = Function | ArrowFunctionExpression;

const OPERATIONS: ReadonlySet<string> = new Set(['Get', 'Post', 'Put', 'Patch', 'Delete', 'Route']);

/** The methods of controllers that answer requests. */
export function* operationsOf(
  program: Program,
  names: ReadonlySet<string> = OPERATIONS,
): Generator<MethodDefinition> {
  for (const node of nodesOf(program)) {
    if (node.type === 'MethodDefinition' && decoratorsOf(node).some((name) => names.has(name)))
      yield node;
  }
}

/** The names of decorators that are called, such as `@Get('/')`. */
export function decoratorsOf({
  decorators,
}: {
  readonly decorators?: readonly Decorator[];
}): readonly string[] {
  return (decorators ?? []).flatMap(({ expression }) =>
    expression.type === 'CallExpression' ? (calleeOf(expression) ?? []) : [],
  );
}

/** The functions of `dependency(…)`, written there or named. */
export function* dependenciesOf(program: Program): Generator<AnyFunction> {
  const functions = [...callsOf(program, 'dependency')].flatMap((call) =>
    call.arguments.flatMap((given) => {
      const named = plain(given, program);
      return named && isFunction(named) ? [named] : [];
    }),
  );
  yield* new Set(functions);
}

/**
 * All functions that run for a request: methods of controllers, and functions of `dependency(…)`.
 */
export function* requestFunctions(program: Program): Generator<AnyFunction> {
  for (const { value } of operationsOf(program)) if (isFunction(value)) yield value;
  yield* dependenciesOf(program);
}

/** The methods that answer WebSockets. */
export function* socketFunctions(program: Program): Generator<AnyFunction> {
  for (const { value } of operationsOf(program, new Set(['WebSocketRoute'])))
    if (isFunction(value)) yield value;
}

export function isFunction(node: Node): node is AnyFunction {
  return (
    node.type === 'FunctionExpression' ||
    node.type === 'FunctionDeclaration' ||
    node.type === 'ArrowFunctionExpression'
  );
}
