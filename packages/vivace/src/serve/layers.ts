import type { FastifyReply, FastifyRequest, RouteHandlerMethod } from 'fastify';
import type { Middleware } from '../declare/shared';
import type { ExceptionRule, Operation } from '../model/model';
import { Response } from '../responses/response';
import type { ErrorAnswers } from './error-answers';
import { exchangeOf, type ExchangeOptions, type RequestExchange } from './exchange';
import { throughMiddleware } from './onion';
import type { Deadlines } from './deadlines';
import type { Pending } from './pending';
import { isThenable } from '../compile/generators';
import { prepareResponse } from './response';

/** What the routes of one server have in common. */
export interface ServeOptions {
  readonly exchange: ExchangeOptions;
  readonly errors: ErrorAnswers;
  readonly pending: Pending;
  /** Of operations that can be waited for. */
  readonly deadlines: Deadlines;
}

/** What stands around an answer: a path operation, or the application where there is none. */
export interface Place {
  readonly operation: Operation | undefined;
  readonly exceptions: readonly ExceptionRule[];
  readonly middleware: readonly Middleware[];
}

/** JSON text of an operation, or a response. */
export type Answer = string | Response;

/** Answers through middleware, which sees the answers to errors too; only what nobody handles goes past it. */
export function layeredHandler(
  placeOf: (request: FastifyRequest) => Place,
  options: ServeOptions,
  media: string,
  answer: (request: FastifyRequest, exchange: RequestExchange) => unknown,
): RouteHandlerMethod {
  return async (request, reply) => {
    const place = placeOf(request);
    const exchange = exchangeOf(request, reply, place.operation, options.exchange);
    const innermost = async (): Promise<Response> => completed((await answer(request, exchange)) as Answer, exchange, media);
    const layers = throughMiddleware(place.middleware, exchange.request, innermost, recovery(place, options, request, exchange));
    const response = await exchange.limited(layers, options.deadlines);
    if (exchange.hasAfterwork) options.pending.afterResponse(reply, (streaming) => exchange.afterwork(streaming));
    return prepareResponse(reply, response);
  };
}

/** Answers what a handler or a middleware throws; throws again what nobody handles. */
export function recovery(
  { exceptions }: Place,
  { errors }: ServeOptions,
  request: FastifyRequest,
  exchange: RequestExchange,
): (error: unknown) => Response | Promise<Response> {
  return (error) => {
    exchange.dropTasks();
    if (errors.isUnhandled(error, exceptions)) throw error;
    return errors.answer(error, exceptions, request, () => exchange.request);
  };
}

/** Answers an error and leaves nothing of the request behind. */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply, place: Place, options: ServeOptions): unknown {
  const exchange = exchangeOf(request, reply, place.operation, options.exchange);
  exchange.abandon(error);
  if (exchange.hasAfterwork) options.pending.afterResponse(reply, () => exchange.afterwork());
  const { raw } = request;
  // Whoever announced a body and was refused may still be sending it.
  if (!raw.complete && (raw.headers['content-length'] !== undefined || raw.headers['transfer-encoding'] !== undefined))
    reply.header('connection', 'close');
  const response = options.errors.answer(error, place.exceptions, request, () => exchange.request);
  if (isThenable(response)) return response.then((result) => prepareResponse(reply, result as Response));
  reply.send(prepareResponse(reply, response));
  return undefined;
}

/** The response with what the handler said of it through `Reply`. */
function completed(answer: Answer, { said, defaultStatus }: RequestExchange, media: string): Response {
  const response = typeof answer === 'string' ? new Response(answer, { status: said?.status ?? defaultStatus, media }) : answer;
  if (said?.written !== undefined) {
    for (const [name, value] of said.written) {
      if (name === 'set-cookie') response.headers.append(name, value);
      else if (!response.headers.has(name)) response.headers.set(name, value);
    }
  }
  return response;
}
