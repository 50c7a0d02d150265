import { factsOf } from '../declare/value-facts';
import { BootError } from '../errors/boot-error';
import type { Where } from '../errors/where';
import type { Node } from './node';

/** Refuses a session where no `sessions()` stands around: there would be nothing to inject. */
export function checkSessions(
  nodes: readonly Node[],
  middleware: readonly unknown[],
  where: Where,
): void {
  const node = nodes.find(({ inputs }) =>
    inputs.some((input) => input.kind === 'context' && input.of === 'session'),
  );
  if (node === undefined || middleware.some(keepsSessions)) return;
  throw new BootError(
    'SESSION_MISSING',
    where,
    `A WebSession is injected into ${node.name}, but no middleware around the operation keeps sessions.`,
    'middleware: [sessions({ secret })] in the options of the application',
  );
}

function keepsSessions(middleware: unknown): boolean {
  const facts = factsOf(middleware);
  return facts?.kind === 'middleware' && facts.name === 'sessions';
}
