import type { FastifyRequest } from 'fastify';
import type { CompiledOperation } from '../compile/compile';
import type { Incoming } from '../compile/runtime';
import type { RequestExchange } from './exchange';

/** Throws what keeps a request away. What it opens stays open. */
export type Guard = CompiledOperation['handle'];

/** Gives an answer once guards have agreed, the outermost first; closes what they have opened when the answer is there, or an error. */
export async function guarded<T>(
  guards: readonly Guard[],
  request: FastifyRequest,
  exchange: RequestExchange,
  answer: () => T | PromiseLike<T>,
): Promise<T> {
  if (guards.length === 0) return answer();
  await agreed(guards, request, exchange);
  let given: T;
  try {
    given = await answer();
  } catch (error) {
    throw await exchange.fail(error);
  }
  return exchange.leave(given);
}

/** The last guard before what reads the body itself. */
export const lettingGo: Guard = (_request, exchange) => (exchange as RequestExchange).letGo();

/** Asks guards, the outermost first; what they have opened is closed where one refuses. */
export async function agreed(
  guards: readonly Guard[],
  request: FastifyRequest,
  exchange: RequestExchange,
): Promise<void> {
  try {
    for (const guard of guards) await guard(request as Incoming, exchange);
  } catch (error) {
    throw await exchange.fail(error);
  }
}

/** An operation behind the guards that stand around its application. */
export function behindGuards(
  compiled: CompiledOperation,
  guards: readonly Guard[],
): CompiledOperation {
  if (guards.length === 0) return compiled;
  return {
    ...compiled,
    needsExchange: true,
    handle: (request, exchange) =>
      guarded(guards, request as FastifyRequest, exchange as RequestExchange, () =>
        compiled.handle(request, exchange),
      ),
  };
}
