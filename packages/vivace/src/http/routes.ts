import type {
  FastifyPluginCallback,
  FastifyReply,
  FastifyRequest,
  RouteHandlerMethod,
} from 'fastify';
import { isThenable } from '../errors/async';
import type { CompiledOperation } from '../compile/compile';
import type { Incoming } from '../compile/runtime';
import type { Operation } from '../model/model';
import type { Response } from '../responses/response';
import { insideTrace, traced } from './traced-route';
import { withAnyMediaType } from './any-media-type';
import { versionedRoute } from './api-versions';
import { noteBody } from './body/arriving';
import { bodyOptionsOf } from './body/options';
import { asItIs } from './deadlines';
import type { RequestExchange } from './exchange';
import { exchangeOf } from './exchange-of';
import type { RouteContext } from './route-context';
import {
  answerError,
  answerPastHooks,
  pipelineHandler,
  sendingOf,
  sendNow,
  type ServeOptions,
} from './pipeline';
import type { LoopMonitor } from '../process/loop-monitor';
import { QUIET } from '../process/trace';
import { BEGUN, begin, isAnswering, ofProgram } from './program-errors';
import { ownRoute } from './route-context';
import { begun } from './stream/chunks';
import { asGiven } from './own-response';
import { copyHeaders, prepareResponse, prepareText } from './response';
import { isOfValue, sayOfValue } from './stream/stream';

export interface Route {
  readonly operation: Operation;
  /** Gives its function, which is made on first use. */
  readonly compiled: () => CompiledOperation;
}

/**
 * The routes of an application as one encapsulated plugin.
 *
 * Fastify would read a body before the first line of ours runs; here it parses none, so that a guard answers before the body is read.
 */
export function routes(all: readonly Route[], options: ServeOptions): FastifyPluginCallback {
  return (fastify, _, done) => {
    // Declared, so that noting it leaves the shape of requests as it is.
    for (const note of [BEGUN, QUIET]) fastify.decorateRequest(note as never, false as never);
    fastify.removeAllContentTypeParsers();
    // Reached where a hook fails the answer to an error as well.
    fastify.setErrorHandler((error, request, reply) =>
      answerPastHooks(error, request, reply, options),
    );
    // Fastify remembers which types an expression takes, but looks for `*`, which takes also no type at all, with each request.
    for (const type of [/^/, '*']) fastify.addContentTypeParser(type, noteBody);
    // Fastify adds HEAD to GET unless there is one.
    for (const { operation, compiled } of all.toSorted(
      (a, b) =>
        Number(b.operation.methods.includes('HEAD')) - Number(a.operation.methods.includes('HEAD')),
    )) {
      const place = placeOf(operation);
      const versioned = versionedRoute(operation);
      const own = {
        ...options,
        exchange: { ...options.exchange, body: bodyOptionsOf(operation, options.exchange.body) },
      };
      const handler = traced(
        operation,
        own,
        watched(
          operation,
          refusingEmpty(
            operation,
            noted(() => handlerOf(place, compiled(), own)),
          ),
          options.monitor,
        ),
      );
      fastify.route({
        method: [...operation.methods],
        url: fastifyPath(operation.path),
        config: ownRoute(place),
        prefixTrailingSlash: 'slash',
        ...versioned,
        constraints: {
          ...versioned.constraints,
          ...(operation.host !== undefined && { host: operation.host }),
        },
        handler,
        errorHandler: withAnyMediaType(handler, (error, request, reply) =>
          insideTrace(request, () => answerError(error, request, reply, place, own)),
        ),
      });
    }
    done();
  };
}

const placeOf = (operation: Operation) =>
  ({
    operation,
    exceptions: operation.exceptions,
    middleware: operation.middleware as RouteContext['middleware'],
  }) satisfies RouteContext;

/** Fastify's wildcard has no name. */
export function fastifyPath(path: string): string {
  return path.replace(/\*\w+$/, '*');
}

function watched(
  { root }: Operation,
  handler: RouteHandlerMethod,
  monitor: LoopMonitor | undefined,
): RouteHandlerMethod {
  if (monitor === undefined) return handler;
  return function (request, reply) {
    monitor.begin(root.name);
    return handler.call(this, request, reply);
  };
}

/** What comes out of it is the program's, and not that of a plugin. The first request makes it. */
function noted(make: () => RouteHandlerMethod): RouteHandlerMethod {
  let handler: RouteHandlerMethod | undefined;
  return function (request, reply) {
    if (isAnswering(request)) return reply;
    begin(request);
    try {
      return (handler ??= make()).call(this, request, reply);
    } catch (error) {
      throw ofProgram(error);
    }
  };
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
  place: RouteContext & { readonly operation: Operation },
  { handle, needsExchange }: CompiledOperation,
  options: ServeOptions,
): RouteHandlerMethod {
  const { operation } = place;
  const { status } = operation.response;
  const media = operation.response.media ?? 'application/json';
  if (operation.middleware.length > 0)
    return pipelineHandler(
      () => place,
      options,
      media,
      (request, exchange) => handle(request as Incoming, exchange),
    );
  if (needsExchange) return exchangeHandler(place, handle, options, media);
  const finish = (request: FastifyRequest, reply: FastifyReply, answer: unknown): unknown =>
    typeof answer === 'string'
      ? prepareText(reply, answer, status, media)
      : prepareResponse(asGiven(answer as Response), sendingOf(request, reply, place, options));
  return (request, reply) => {
    const answer = handle(request as Incoming, undefined);
    if (isThenable(answer))
      return options.deadlines.tell(
        answer,
        (result) => finish(request, reply, result),
        operation.root.name,
      );
    const payload = finish(request, reply, answer);
    return isThenable(payload)
      ? options.deadlines.tell(payload, asItIs, operation.root.name)
      : sendNow(reply, payload);
  };
}

function exchangeHandler(
  place: RouteContext & { readonly operation: Operation },
  handle: CompiledOperation['handle'],
  options: ServeOptions,
  media: string,
): RouteHandlerMethod {
  const { operation } = place;
  const sendResponse = (
    request: FastifyRequest,
    reply: FastifyReply,
    { said }: RequestExchange,
    response: Response,
  ): unknown => {
    if (said !== undefined && isOfValue(response)) sayOfValue(response, said);
    return prepareResponse(
      asGiven(response),
      sendingOf(request, reply, place, options, said?.written),
    );
  };
  const finish = (
    request: FastifyRequest,
    reply: FastifyReply,
    exchange: RequestExchange,
    answer: unknown,
  ): unknown => {
    exchange.finishAfter(options.pending);
    if (typeof answer !== 'string') {
      // A generator speaks to Reply when it begins.
      const response = begun(answer as Response);
      return isThenable(response)
        ? response.then((ready) => sendResponse(request, reply, exchange, ready as Response))
        : sendResponse(request, reply, exchange, response);
    }
    const { said } = exchange;
    if (said?.written === undefined)
      return prepareText(reply, answer, said?.status ?? operation.response.status, media);
    copyHeaders(reply, said.written);
    return prepareText(reply, answer, said.status, said.written.get('content-type') ?? media);
  };
  return (request, reply) => {
    const exchange = exchangeOf(request, reply, operation, options.exchange);
    const answer = handle(request as Incoming, exchange);
    if (isThenable(answer))
      return exchange.limited(answer, options.deadlines, (result) =>
        finish(request, reply, exchange, result),
      );
    const payload = finish(request, reply, exchange, answer);
    return isThenable(payload)
      ? exchange.limited(payload, options.deadlines, asItIs)
      : sendNow(reply, payload);
  };
}
