import type { CallExpression, Node, TryStatement } from 'oxc-parser';
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

/** Calls that clean up after a `yield`, where an error that is thrown in there passes them by. */
function skippedCleanUp({ body }: AnyFunction): readonly CallExpression[] {
  const nodes = body === null ? [] : [...nodesOf(body, isFunction)];
  const tries = nodes.filter((node) => node.type === 'TryStatement');
  const yields = nodes.filter((node) => node.type === 'YieldExpression');
  return nodes.filter(
    (node): node is CallExpression =>
      node.type === 'CallExpression' &&
      CLEANS_UP.test(calleeOf(node) ?? '') &&
      yields.some(
        (before) => before.end <= node.start && !tries.some((each) => comesTo(node, before, each)),
      ),
  );
}

const isWithin = (inner: Node, outer: Node | null): boolean =>
  outer !== null && inner.start >= outer.start && inner.end <= outer.end;

/** Whether a `try` around a `yield` comes to a call after it when an error is thrown in there. */
function comesTo(call: Node, before: Node, around: TryStatement): boolean {
  const { block, handler, finalizer, end } = around;
  if (!isWithin(before, block)) return false;
  if (isWithin(call, finalizer) || isWithin(call, handler)) return true;
  const goesOn = handler && ![...nodesOf(handler, isFunction)].some(leaves);
  return goesOn === true && call.start >= end;
}

const leaves = ({ type }: Node): boolean => type === 'ThrowStatement' || type === 'ReturnStatement';
