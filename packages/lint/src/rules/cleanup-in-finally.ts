import type { CallExpression, Node, YieldExpression } from 'oxc-parser';
import { type AnyFunction, dependenciesOf, isFunction } from '../syntax/request-functions';
import type { Rule } from './rule';
import { calleeOf, nodesOf } from '../syntax/nodes';

/**
 * Names of functions that release something. `commit` is not among them: it should not run when the
 * handler throws.
 */
const CLEANS_UP =
  /^(?:abort|clear|close|destroy|disconnect|dispose|end|free|quit|release|rm|stop|unlink|unlock)(?![a-z])/;

export const cleanupInFinally: Rule = {
  about: 'A dependency that yields cleans up in finally.',
  *find(program) {
    for (const dependency of dependenciesOf(program)) {
      for (const node of skippedCleanUp(dependency)) {
        const seen = `${calleeOf(node)} is not called when the handler throws: its error is thrown in at the yield before.`;
        yield { node, seen, write: 'try { yield value; } finally { … }, or await using' };
      }
    }
  },
};

/** Calls that clean up after a `yield` that is not inside a `try`. */
function skippedCleanUp({ body }: AnyFunction): readonly CallExpression[] {
  const nodes = body === null ? [] : [...nodesOf(body, isFunction)];
  const guarded = nodes.flatMap((node) => (node.type === 'TryStatement' ? [node.block] : []));
  const within = (inner: Node, outer: Node): boolean =>
    inner.start >= outer.start && inner.end <= outer.end;
  const bare = nodes.find(
    (node): node is YieldExpression =>
      node.type === 'YieldExpression' && !guarded.some((block) => within(node, block)),
  );
  if (!bare) return [];
  return nodes.filter(
    (node): node is CallExpression =>
      node.type === 'CallExpression' &&
      node.start >= bare.end &&
      CLEANS_UP.test(calleeOf(node) ?? ''),
  );
}
