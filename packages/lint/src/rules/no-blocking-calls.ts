import { requestFunctions, socketFunctions } from '../syntax/request-functions';
import type { Rule } from './rule';
import { calleeOf, nodesOf } from '../syntax/nodes';

export const noBlockingCalls: Rule = {
  about: 'A handler or dependency does not call what ends in Sync.',
  *find(program) {
    for (const request of [...requestFunctions(program), ...socketFunctions(program)]) {
      for (const node of nodesOf(request)) {
        const name = node.type === 'CallExpression' ? calleeOf(node) : undefined;
        if (name === undefined || !/.Sync$/.test(name)) continue;
        const seen = `${name} lets every other request wait until it has ended.`;
        yield {
          node,
          seen,
          write: `await ${name.slice(0, -4)} of its module, or give work of the processor to a module: offload(…)`,
        };
      }
    }
  },
};
