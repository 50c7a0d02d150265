import type { Node } from 'oxc-parser';
import { isFunction, requestFunctions } from '../syntax/request-functions';
import type { Rule } from './rule';
import { calleeOf, nodesOf } from '../syntax/nodes';

export const noReturnedErrors: Rule = {
  about: 'A handler or dependency throws its HTTPException.',
  *find(program) {
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

const isError = (node: Node): boolean =>
  node.type === 'NewExpression' && /^(?:HTTP|WebSocket)Exception$/.test(calleeOf(node) ?? '');

const problem = (node: Node) => ({
  node,
  seen: 'An error is returned: the type of what is returned has to hold it, and whoever calls this goes on with it.',
  write: 'throw it',
});
