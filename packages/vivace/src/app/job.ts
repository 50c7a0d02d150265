import type { FastifyBaseLogger } from 'fastify';
import { compileJob } from '../compile/compile';
import type { Runtime } from '../compile/runtime';
import type { Node } from '../model/node';
import { NO_REQUEST, outsideExchange, type Run } from './outside-exchange';

/** Gives a function that resolves a dependency outside HTTP and closes everything that was opened for it. */
export function jobRunner(
  root: Node,
  runtime: Runtime,
  log: FastifyBaseLogger,
): (run?: Run) => Promise<unknown> {
  if (root.lifetime === 'singleton') return () => Promise.resolve(runtime.singletons.get(root));
  const { handle } = compileJob(root, runtime);
  return async (run = {}) => handle(NO_REQUEST, outsideExchange(log, run));
}
