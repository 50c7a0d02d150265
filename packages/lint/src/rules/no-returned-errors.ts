import type { Node, Program } from 'oxc-parser';
import { classesOf } from '../syntax/classes';
import { isFunction, requestFunctions } from '../syntax/request-functions';
import type { Rule } from './rule';
import { calleeOf, nodesOf } from '../syntax/nodes';

export const noReturnedErrors: Rule = {
  about: 'A handler or dependency throws its HTTPException.',
  *find(program, file) {
    const isError = (node: Node): boolean => resultsOf(node).some((each) => makesError(each));
    const makesError = (node: Node): boolean =>
      node.type === 'NewExpression' && isErrorClass(calleeOf(node) ?? '', program, file);
    for (const request of requestFunctions(program)) {
      if (request.body === null) continue;
      if (isError(request.body)) yield problem(request.body);
      for (const node of nodesOf(request.body, isFunction)) {
        if (node.type === 'ReturnStatement' && node.argument && isError(node.argument))
          yield problem(node);
      }
    }
  },
};

/** What an expression may give: both of `a ?? b` and of `a ? b : c`. */
function resultsOf(node: Node): readonly Node[] {
  switch (node.type) {
    case 'ConditionalExpression':
      return [...resultsOf(node.consequent), ...resultsOf(node.alternate)];
    case 'LogicalExpression':
      return [...resultsOf(node.left), ...resultsOf(node.right)];
    case 'ParenthesizedExpression':
    case 'TSAsExpression':
    case 'TSNonNullExpression':
      return resultsOf(node.expression);
    case 'AwaitExpression':
      return resultsOf(node.argument);
    default:
      return [node];
  }
}

const BUILT_IN = /^(?:HTTP|WebSocket)Exception$/;

/** Whether it is one of ours, or a class of the project that extends one. */
function isErrorClass(name: string, program: Program, file: string): boolean {
  return (
    BUILT_IN.test(name) ||
    [...classesOf(name, program, file)].some(
      ({ superClass }) => superClass?.type === 'Identifier' && BUILT_IN.test(superClass.name),
    )
  );
}

const problem = (node: Node) => ({
  node,
  seen: 'An error is returned: the type of what is returned has to hold it, and whoever calls this goes on with it.',
  write: 'throw it',
});
