import type { FastifyBaseLogger } from 'fastify';
import { compileJob } from '../compile/compile';
import type { Exchange, Incoming, Runtime } from '../compile/runtime';
import { isGenerator } from '../errors/async';
import type { Node } from '../model/node';
import { ExitScope } from '../http/exit-scope';

const NO_REQUEST: Incoming = { params: {}, query: {}, headers: {}, raw: { rawHeaders: [] } };

/** Gives a function that resolves a dependency outside HTTP and closes everything that was opened for it. */
export function jobRunner(
  root: Node,
  runtime: Runtime,
  log: FastifyBaseLogger,
): () => Promise<unknown> {
  if (root.lifetime === 'singleton') return () => Promise.resolve(runtime.singletons.get(root));
  const { handle } = compileJob(root, runtime);
  return async () => handle(NO_REQUEST, exchangeOf(new ExitScope(log)));
}

/** What a job has in the place of an exchange: nothing but what it opens. */
function exchangeOf(scope: ExitScope): Exchange {
  const nothing = undefined as never;
  return {
    request: nothing,
    reply: nothing,
    tasks: nothing,
    signal: nothing,
    session: nothing,
    body: () => Promise.resolve(undefined),
    replay: async (_, handler) => handler(),
    enter: (generator) => {
      if (!isGenerator(generator)) throw new TypeError('A generator dependency gave no generator.');
      return scope.enter(generator);
    },
    leave: async (value) => {
      const failure = await scope.close();
      if (failure !== undefined) throw failure.error;
      return value;
    },
    fail: async (error) => (await scope.close({ error }))?.error,
  };
}
