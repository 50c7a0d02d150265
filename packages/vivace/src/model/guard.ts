import type { Needs } from '../declare/provided';
import type { Where } from '../errors/where';
import { callTraits } from './graph/call-traits';
import type { Guard } from './model';
import { useOf } from './graph/requirements';
import type { OperationContext } from './operation';
import { rootNode } from './graph/root';
import { checkSessions } from './sessions';
import { checkContexts } from './transport';
import { walkOperation } from './graph/walk';

/** What has to agree before something is answered that is no path operation; undefined where nothing has to. */
export function guardOf(
  dependencies: readonly Needs[],
  where: Where,
  context: OperationContext,
): Guard | undefined {
  if (dependencies.length === 0) return undefined;
  const graph = context.newGraph({ kind: 'http' });
  const effects = graph.effects(
    dependencies.map((dependency) => useOf('', dependency, where, context)),
  );
  graph.finish();
  const call = (): undefined => undefined;
  const root = rootNode({
    kind: 'function',
    name: 'guard',
    call,
    inputs: [],
    ...callTraits(call, undefined),
    where,
  });
  return Object.freeze({ root, effects, where });
}

/**
 * The same, where it stands before something that is not there for all of a request: a file has no path parameters and no body.
 *
 * @param sockets whether it stands before WebSockets too
 * @throws BootError CONTEXT_ABSENT, SESSION_MISSING
 */
export function checked(
  guard: Guard | undefined,
  middleware: readonly unknown[] = [],
  sockets = false,
): Guard | undefined {
  if (guard === undefined) return undefined;
  const { root, effects, where } = guard;
  const nodes = walkOperation(root, effects);
  checkContexts(nodes, 'place', where);
  if (sockets) checkContexts(nodes, 'socket', where);
  checkSessions(nodes, middleware, where);
  return guard;
}
