import type { ObjectProperty, Program } from 'oxc-parser';
import type { Problem, Rule } from './rule';
import { valueOf } from '../syntax/constants';
import { calleeOf, nodesOf, propertiesOf } from '../syntax/nodes';

const MEBIBYTE = 2 ** 20;
const LARGEST_BODY = 10 * MEBIBYTE;

export const safeOptions: Rule = {
  about: 'The options of an application are fit for production.',
  *find(program) {
    for (const node of nodesOf(program)) {
      if (node.type === 'CallExpression' && DECORATORS.test(calleeOf(node) ?? '')) {
        const limit = propertiesOf(node.arguments.at(-1), program).get('bodyLimit');
        if (limit) yield* problemsOf(limit, program);
      }
      if (node.type !== 'NewExpression' || calleeOf(node) !== 'Vivace') continue;
      const options = propertiesOf(node.arguments[0], program);
      for (const property of [
        ...options.values(),
        ...propertiesOf(options.get('fastify')?.value, program).values(),
      ])
        yield* problemsOf(property, program);
    }
  },
};

/** What has options of a body. */
const DECORATORS = /^(?:Controller|Delete|Get|Patch|Post|Put|Route)$/;

function* problemsOf(node: ObjectProperty, program: Program): Generator<Problem> {
  const name = node.key.type === 'Identifier' ? node.key.name : '';
  const value = valueOf(node.value, program);
  if (name === 'debug' && value === true)
    yield {
      node,
      seen: 'debug sends the traces of errors to clients.',
      write: 'remove it, or take it from settings that are false in production',
    };
  if (name === 'trustProxy' && value === true)
    yield {
      node,
      seen: 'X-Forwarded-* of everybody is believed, so that a client chooses its own address.',
      write: "trustProxy: ['10.0.0.0/8'], the addresses of your proxy",
    };
  if (name === 'bodyLimit' && typeof value === 'number' && value > LARGEST_BODY)
    yield {
      node,
      seen: `A body may have ${Math.round(value / MEBIBYTE)} MiB, which are held in memory.`,
      write: 'a smaller limit, or an UploadFile, which is kept on disk',
    };
}
