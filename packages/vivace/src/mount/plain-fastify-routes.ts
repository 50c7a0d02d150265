import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { Response } from '../responses/response';
import { StreamingResponse } from '../responses/streaming-response';
import { exchangeOf } from '../http/exchange-of';
import type { RouteContext } from '../http/route-context';
import { recovery, sendingOf, sendLater, type ServeOptions } from '../http/pipeline';
import { throughMiddleware } from '../http/middleware-chain';
import { isOwnRoute } from '../http/route-context';
import { isHandshake, released } from './plain-route-guards';
import type { Sending } from '../http/stream/chunks';
import { copyHeaders, prepareResponse } from '../http/response';
import type { MountedApps } from '../http/mounted-apps';

/** A request that has gone through middleware to a route of a plain Fastify plugin, and not yet come back. */
interface Crossing {
  readonly sending: Sending;
  /** Lets the innermost `next()` give its response. */
  readonly arrive: (response: Response) => void;
  /** What the outermost middleware gives. */
  readonly outcome: Promise<Response>;
  /** Headers that middleware set before the route was reached. */
  readonly early: ReadonlySet<string>;
}

const crossings = new WeakMap<FastifyReply, Crossing>();

/**
 * Leads the routes of plain Fastify plugins through the middleware of the application.
 *
 * Their handlers give no response that `next()` could return: they send. So `next()` lets Fastify go on, and waits for what is sent.
 */
export function coverForeignRoutes(fastify: FastifyInstance, mountedApps: MountedApps): void {
  fastify.addHook('onRequest', (request, reply, proceed) => {
    if (request.is404 || isHandshake(request) || isOwnRoute(request)) return proceed();
    const { outside, options } = mountedApps.of(request);
    if (outside.middleware.length === 0) return proceed();
    enter(request, reply, outside, options, proceed);
  });
  // At once where there is nothing to do: a hook that sends and returns nothing counts on the answer being there.
  fastify.addHook('onSend', (_, reply, payload, done) => {
    const crossing = crossings.get(reply);
    if (crossing === undefined) return done(null, payload);
    released(reply, payload)
      .then((ready) => leave(crossing, reply, ready))
      .then((ready) => done(null, ready), done);
  });
}

/**
 * Runs the middleware around a route, which goes on inside the innermost `next()`; what comes out is sent, if the route has not sent
 * before.
 */
function enter(
  request: FastifyRequest,
  reply: FastifyReply,
  place: RouteContext,
  options: ServeOptions,
  proceed: () => void,
): void {
  const exchange = exchangeOf(request, reply, undefined, options.exchange);
  const sending = sendingOf(request, reply, place, options);
  const sent = Promise.withResolvers<Response>();
  const outcome = Promise.withResolvers<Response>();
  let entered = false;
  const innermost = (): Promise<Response> => {
    entered = true;
    crossings.set(reply, {
      sending,
      arrive: sent.resolve,
      outcome: outcome.promise,
      early: new Set(Object.keys(reply.getHeaders())),
    });
    // What is written past Fastify has a status, and nothing that middleware could change.
    reply.raw.once(
      'close',
      () =>
        crossings.delete(reply) &&
        sent.resolve(new Response(null, { status: reply.raw.statusCode })),
    );
    proceed();
    return sent.promise;
  };
  void throughMiddleware(
    place.middleware,
    exchange.request,
    (response) => exchange.responses.of(response),
    innermost,
    recovery(place, options, request, exchange),
  )
    .catch((error: unknown) =>
      options.errors.answer(error, place.exceptions, request, () => exchange.request),
    )
    .then((response) => {
      outcome.resolve(response);
      // Middleware may answer before the route does, or without it.
      if (!entered || crossings.delete(reply)) sendLater(prepareResponse(response, sending), reply);
    });
}

/** Hands what the route sends to the middleware, and sends what comes out. */
async function leave(
  { sending, arrive, outcome, early }: Crossing,
  reply: FastifyReply,
  payload: unknown,
): Promise<unknown> {
  crossings.delete(reply);
  const sent = sentResponse(reply, payload);
  const names = [...sent.headers.keys()];
  arrive(sent);
  const response = await outcome;
  for (const name of names)
    if (name === 'set-cookie' || (!response.headers.has(name) && !early.has(name)))
      reply.removeHeader(name);
  if (response !== sent) return (await prepareResponse(response, sending)) ?? null;
  reply.code(response.status);
  copyHeaders(reply, response.headers);
  return payload;
}

function sentResponse(reply: FastifyReply, payload: unknown): Response {
  const response =
    payload instanceof Readable || payload instanceof ReadableStream
      ? new StreamingResponse(payload)
      : new Response(payload);
  response.status = reply.statusCode;
  for (const [name, value] of Object.entries(reply.getHeaders()))
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== undefined) response.headers.append(name, String(one));
  return response;
}
