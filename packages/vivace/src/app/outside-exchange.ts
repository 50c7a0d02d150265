import type { FastifyBaseLogger } from 'fastify';
import type { Exchange, Incoming } from '../compile/runtime';
import { isGenerator } from '../errors/async';
import { ExitScope } from '../http/exit-scope';
import { Settlement } from '../http/settlement';

/** What a run outside HTTP brings. */
export interface Run {
  readonly payload?: unknown;
  readonly signal?: AbortSignal | undefined;
  /** The value of a placeholder or part. */
  readonly given?: (key: object) => unknown;
}

/** What functions get in the place of a request. */
export const NO_REQUEST: Incoming = { params: {}, query: {}, headers: {}, raw: { rawHeaders: [] } };

/** What a run outside HTTP has in the place of the exchange of a request: what it brings, and what it opens. */
export function outsideExchange(log: FastifyBaseLogger, { payload, signal, given }: Run): Exchange {
  const nothing = undefined as never;
  const settlement = new Settlement();
  const scope = new ExitScope(log, settlement);
  return {
    request: nothing,
    reply: nothing,
    tasks: nothing,
    session: nothing,
    get signal() {
      return signal ?? new AbortController().signal;
    },
    ...(given !== undefined && { given }),
    body: () => payload,
    withBody: (use) => use(payload),
    replay: async (_, handler) => handler(),
    enter: (generator) => {
      if (!isGenerator(generator)) throw new TypeError('A generator dependency gave no generator.');
      return scope.enter(generator);
    },
    get isUnsettled() {
      return settlement.isDue;
    },
    settle: () => settlement.settle(),
    leave: async (value) => {
      const failure = await scope.close();
      if (failure !== undefined) throw failure.error;
      return value;
    },
    fail: async (error) => (await scope.close({ error }))?.error,
  };
}
