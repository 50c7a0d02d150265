import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Request, RequestState } from '../declare/context-classes';
import type { Operation } from '../model/model';
import { RequestExchange } from './exchange';
import type { ExchangeOptions } from './exchange-options';

const EXCHANGE = Symbol('vivace.exchange');
type Known = FastifyRequest & { [EXCHANGE]?: RequestExchange };

/** The exchange of a Fastify request: one for middleware, handler and exception handlers. */
export function exchangeOf(
  request: FastifyRequest,
  reply: FastifyReply,
  operation: Operation | undefined,
  options: ExchangeOptions,
): RequestExchange {
  const known: Known = request;
  return (known[EXCHANGE] ??= new RequestExchange(request, reply, operation, options));
}

/** What was left on a request, if anything was. */
export function knownState(request: FastifyRequest): RequestState | undefined {
  return (request as Known)[EXCHANGE]?.requestFacade?.knownState;
}

/** Makes an exchange that of a request. */
export function adoptExchange(request: FastifyRequest, exchange: RequestExchange): void {
  (request as Known)[EXCHANGE] = exchange;
}

/**
 * The reply to a request. Headers that are set on it stand in every answer, also in that to an error that nobody handles;
 * middleware sees a response only where there is one.
 */
export function replyOf(request: Request): FastifyReply {
  return exchangeOfRequest(request).fastifyReply;
}

/** The exchange that a request of ours belongs to. */
export function exchangeOfRequest({ fastify }: Request): RequestExchange {
  return (fastify as Known)[EXCHANGE]!;
}
