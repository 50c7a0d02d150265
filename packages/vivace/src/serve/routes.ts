import type { FastifyPluginCallback, FastifyReply, RouteHandlerMethod } from 'fastify';
import { isThenable } from '../compile/generators';
import type { CompiledOperation } from '../compile/compile';
import type { Incoming } from '../compile/exchange';
import type { Operation } from '../model/model';
import type { Response } from '../responses/response';
import { exchangeOf, type RequestExchange } from './exchange';
import { answerError, layeredHandler, type Place, type ServeOptions } from './layers';
import { ownRoute } from './own-routes';
import { copyHeaders, prepareResponse, prepareText } from './response';

export interface Route {
  readonly operation: Operation;
  readonly compiled: CompiledOperation;
}

/**
 * The routes of an application as one encapsulated plugin.
 *
 * Fastify would read a body before the first line of ours runs; here it parses none, so that a guard answers before the body is read.
 */
export function routes(all: readonly Route[], options: ServeOptions): FastifyPluginCallback {
  return (fastify, _, done) => {
    fastify.removeAllContentTypeParsers();
    fastify.addContentTypeParser('*', (_request, _payload, parsed) => parsed(null));
    // Fastify adds HEAD to GET unless there is one.
    for (const { operation, compiled } of all.toSorted(
      (a, b) => Number(b.operation.methods.includes('HEAD')) - Number(a.operation.methods.includes('HEAD')),
    )) {
      const place = placeOf(operation);
      fastify.route({
        method: [...operation.methods],
        url: fastifyPath(operation.path),
        config: ownRoute(place),
        prefixTrailingSlash: 'slash',
        handler: refusingEmpty(operation, handlerOf(place, compiled, options)),
        errorHandler: (error, request, reply) => answerError(error, request, reply, place, options),
      });
    }
    done();
  };
}

const placeOf = (operation: Operation) =>
  ({ operation, exceptions: operation.exceptions, middleware: operation.middleware as Place['middleware'] }) satisfies Place;

/** Fastify's wildcard has no name. */
export function fastifyPath(path: string): string {
  return path.replace(/\*\w+$/, '*');
}

/** To Fastify `/users//posts` has an empty `:user_id`; it is no value, so nothing is there. */
function refusingEmpty({ path }: Operation, handler: RouteHandlerMethod): RouteHandlerMethod {
  const names = [...path.matchAll(/:([A-Za-z_$][\w$]*)/g)].map(([, name]) => name as string);
  if (names.length === 0) return handler;
  return function (request, reply) {
    const params = request.params as Readonly<Record<string, string>>;
    for (const name of names) if (params[name] === '') return reply.callNotFound();
    return handler.call(this, request, reply);
  };
}

/** The fewest objects a request can do with: none where the operation reads nothing but values. */
function handlerOf(
  place: Place & { readonly operation: Operation },
  { handle, needsExchange, async }: CompiledOperation,
  options: ServeOptions,
): RouteHandlerMethod {
  const { operation } = place;
  const { status } = operation.response;
  const media = operation.response.media ?? 'application/json';
  if (operation.middleware.length > 0)
    return layeredHandler(
      () => place,
      options,
      media,
      (request, exchange) => handle(request as Incoming, exchange),
    );
  if (needsExchange) return exchangeHandler(operation, handle, options, media);
  const prepare = (reply: FastifyReply, answer: unknown): unknown =>
    typeof answer === 'string' ? prepareText(reply, answer, status, media) : prepareResponse(reply, answer as Response);
  if (!async) {
    return (request, reply) => {
      reply.send(prepare(reply, handle(request as Incoming, undefined)));
    };
  }
  return (request, reply) => {
    const answer = handle(request as Incoming, undefined);
    if (isThenable(answer)) return options.deadlines.limit(answer).then((result) => prepare(reply, result));
    reply.send(prepare(reply, answer));
    return undefined;
  };
}

function exchangeHandler(
  operation: Operation,
  handle: CompiledOperation['handle'],
  options: ServeOptions,
  media: string,
): RouteHandlerMethod {
  const finish = (reply: FastifyReply, exchange: RequestExchange, answer: unknown): unknown => {
    if (exchange.hasAfterwork) options.pending.afterResponse(reply, (streaming) => exchange.afterwork(streaming));
    const { said } = exchange;
    if (said?.written !== undefined) copyHeaders(reply, said.written);
    if (typeof answer !== 'string') return prepareResponse(reply, answer as Response);
    return prepareText(reply, answer, said === undefined ? operation.response.status : said.status, media);
  };
  return (request, reply) => {
    const exchange = exchangeOf(request, reply, operation, options.exchange);
    const answer = handle(request as Incoming, exchange);
    if (isThenable(answer)) return exchange.limited(answer, options.deadlines).then((result) => finish(reply, exchange, result));
    reply.send(finish(reply, exchange, answer));
    return undefined;
  };
}
