import type { FastifyReply, FastifyRequest, RouteHandlerMethod } from 'fastify';
import { operationName } from '../model/operation-name';
import { CONTENT, type Response } from '../responses/response';
import { completed, type Answer } from './completed';
import type { ErrorAnswers } from './error-answers';
import type { RequestExchange } from './exchange';
import type { ExchangeOptions } from './exchange-options';
import { exchangeOf } from './exchange-of';
import { throughMiddleware } from './middleware-chain';
import { refusalOutside } from './plugin-errors';
import { answering, begin, hasBegun, isAnswering } from './program-errors';
import { asItIs, HandlerTimeout, type Deadlines } from './deadlines';
import type { LoopMonitor } from '../process/loop-monitor';
import type { Pending } from './pending';
import type { RouteContext } from './route-context';
import { isThenable } from '../errors/async';
import { RequestValidationError } from '../errors/request-validation-error';
import { begun, isStreaming, type Sending } from './stream/chunks';
import { asGiven } from './own-response';
import { prepareResponse, prepareText } from './response';
import { logError } from './log-error';

/** What the routes of one server have in common. */
export interface ServeOptions {
  readonly exchange: ExchangeOptions;
  readonly errors: ErrorAnswers;
  readonly pending: Pending;
  /** Of operations that can be waited for. */
  readonly deadlines: Deadlines;
  /** Undefined where nobody asks what holds up all requests. */
  readonly monitor: LoopMonitor | undefined;
}

/** Answers through middleware, which sees the answers to errors too; only what nobody handles goes past it. */
export function pipelineHandler(
  placeOf: (request: FastifyRequest) => RouteContext,
  options: ServeOptions,
  media: string,
  answer: (request: FastifyRequest, exchange: RequestExchange) => unknown,
): RouteHandlerMethod {
  return (request, reply) =>
    isAnswering(request)
      ? reply
      : throughPipeline(request, reply, placeOf(request), options, media, answer);
}

async function throughPipeline(
  request: FastifyRequest,
  reply: FastifyReply,
  place: RouteContext,
  options: ServeOptions,
  media: string,
  answer: (request: FastifyRequest, exchange: RequestExchange) => unknown,
): Promise<unknown> {
  begin(request);
  const exchange = exchangeOf(request, reply, place.operation, options.exchange);
  const innermost = async (): Promise<Response> => {
    const given = (await begun(await answer(request, exchange))) as Answer;
    exchange.keepContext(isStreaming(given));
    return completed(given, exchange, media);
  };
  const layers = throughMiddleware(
    place.middleware,
    exchange.request,
    (response) => exchange.responses.of(response),
    innermost,
    recovery(place, options, request, exchange),
  );
  const response = await exchange.limited(layers, options.deadlines, asItIs);
  exchange.finishAfter(options.pending);
  const { runInContext } = exchange;
  return prepareResponse(response, {
    ...sendingOf(request, reply, place, options),
    runInContext,
  });
}

/** Answers what a handler or a middleware throws; throws again what nobody handles. */
export function recovery(
  { exceptions }: RouteContext,
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

/** Answers an error and leaves nothing of the request behind; what a hook refuses goes through the middleware first. */
export function answerError(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  place: RouteContext,
  options: ServeOptions,
): unknown {
  const refused = refusalOutside(error, reply);
  const begun = hasBegun(request);
  if (!begun) answering(request);
  if (refused === undefined || begun)
    return answerFailure(refused ?? error, request, reply, place, options);
  const refuse = (): never => {
    throw refused;
  };
  return throughPipeline(request, reply, place, options, 'application/json', refuse).catch(
    (failure: unknown) => answerFailure(failure, request, reply, place, options),
  );
}

/** Answers at once where nothing has to be waited for. */
function answerFailure(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  place: RouteContext,
  options: ServeOptions,
): unknown {
  if (error instanceof HandlerTimeout)
    request.log.warn(
      { operation: place.operation && operationName(place.operation) },
      'The handler takes too long: it is no longer waited for',
    );
  const exchange = exchangeOf(request, reply, place.operation, options.exchange);
  exchange.abandon(error);
  exchange.finishAfter(options.pending);
  const { exceptions } = place;
  const invalid =
    exceptions.length === 0 && error instanceof RequestValidationError
      ? options.errors.invalidText(error)
      : undefined;
  if (invalid !== undefined)
    return sendNow(reply, prepareText(reply, invalid.text, 422, invalid.media));
  return answerByRules(error, request, reply, place, options, exchange);
}

function answerByRules(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  place: RouteContext,
  options: ServeOptions,
  exchange: RequestExchange,
): unknown {
  const sending = sendingOf(request, reply, place, options);
  const prepare = (response: Response): unknown => prepareResponse(asGiven(response), sending);
  const unsendable = (failure: unknown): unknown =>
    prepareResponse(options.errors.unexpected(failure, request), sending);
  try {
    const answer = options.errors.answer(error, place.exceptions, request, () => exchange.request);
    const payload = isThenable(answer) ? answer.then(prepare) : prepare(answer);
    return isThenable(payload) ? payload.then(undefined, unsendable) : sendNow(reply, payload);
  } catch (failure) {
    return sendNow(reply, unsendable(failure));
  }
}

/** Answers an error without Fastify, whose hooks have failed the answer before. */
export function answerPastHooks(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  { errors }: ServeOptions,
): void {
  const refused = refusalOutside(error, reply);
  const response =
    refused === undefined ? errors.unexpected(error, request) : errors.expected(refused);
  reply.hijack();
  if (reply.raw.headersSent) return void reply.raw.destroy();
  reply.raw.writeHead(response.status, Object.fromEntries(response.headers));
  reply.raw.end(response[CONTENT]());
}

/** Sends what is there; what is promised is left to Fastify. */
export function sendNow(reply: FastifyReply, payload: unknown): unknown {
  if (isThenable(payload)) return payload;
  reply.send(payload);
  return undefined;
}

/** Sends what is there or promised, for those whom Fastify does not wait for. */
export function sendLater(payload: unknown, reply: FastifyReply): void {
  Promise.resolve(payload).then(
    (ready) => reply.send(ready),
    (error: unknown) => reply.send(error),
  );
}

/** Where the response to a request is sent. */
export function sendingOf(
  request: FastifyRequest,
  reply: FastifyReply,
  place: RouteContext,
  { errors, pending, exchange }: ServeOptions,
  beside?: Headers,
): Sending {
  const failed = (error: unknown): Response | Promise<Response> => {
    if (!errors.isUnhandled(error, place.exceptions))
      logError(request, error, 'A response broke off');
    return errors.answer(
      error,
      place.exceptions,
      request,
      () => exchangeOf(request, reply, place.operation, exchange).request,
    );
  };
  return { reply, pending, beside, failed };
}
