import type {
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  onErrorAsyncHookHandler,
  onRequestHookHandler,
  onSendAsyncHookHandler,
} from 'fastify';
import { Readable } from 'node:stream';
import type { RequestExchange } from '../http/exchange';
import { exchangeOf } from '../http/exchange-of';
import { agreed, lettingGo } from '../http/guarding';
import { isBelow, type MountedApp, type MountedApps } from '../http/mounted-apps';
import { asGiven } from '../http/own-response';
import { sendingOf, sendLater } from '../http/pipeline';
import { copyHeaders, prepareResponse } from '../http/response';
import { contextOfRoute } from '../http/route-context';

/** A route of a plain Fastify plugin that guards have agreed to: what they opened closes with its answer. */
interface Held {
  readonly exchange: RequestExchange;
  readonly app: MountedApp;
}
const holding = new WeakMap<FastifyReply, Held>();

/** Asks the guards of the application before each route of a plain Fastify plugin, once the hooks that plugins have for all routes are through. */
export function guardPlainRoutes(fastify: FastifyInstance, mountedApps: MountedApps): void {
  const ask: onRequestHookHandler = (request, reply, proceed) => {
    const app = mountedApps.of(request);
    if (app.guards().length === 0) proceed();
    else askGuards(request, reply, app, proceed);
  };
  const failed: onErrorAsyncHookHandler = async (_request, reply, error) => {
    await holding.get(reply)?.exchange.fail(error);
  };
  const sends: onSendAsyncHookHandler = async (_request, reply, payload) =>
    released(reply, payload);
  fastify.addHook('onRoute', (route) => {
    const hooks = [route.onRequest ?? []].flat();
    // HEAD comes with the hooks of GET.
    if (contextOfRoute(route.config) !== undefined || hooks.includes(ask)) return;
    // A dependency that cannot stand here is told while the application starts.
    for (const app of mountedApps.all) if (isBelow(route.url, app.prefix)) app.guards();
    route.onRequest = [ask, ...hooks];
    route.onError = [failed, ...[route.onError ?? []].flat()];
    route.onSend = [sends, ...[route.onSend ?? []].flat()];
  });
}

function askGuards(
  request: FastifyRequest,
  reply: FastifyReply,
  app: MountedApp,
  proceed: () => void,
): void {
  const { guards, options } = app;
  const exchange = exchangeOf(request, reply, undefined, options.exchange);
  const agreement = agreed([...guards(), lettingGo], request, exchange);
  const passed = async (): Promise<void> => {
    // A plugin's WebSocket has no answer that anything could close with.
    if (isHandshake(request)) await exchange.leave(undefined);
    else holding.set(reply, { exchange, app });
    if (exchange.said?.written !== undefined) copyHeaders(reply, exchange.said.written);
    exchange.finishAfter(options.pending);
  };
  exchange.limited(agreement, options.deadlines, passed).then(proceed, (error: unknown) => {
    // Guards that agree when the time is up have opened something for nobody.
    agreement.then(() => exchange.leave(undefined)).catch(() => {});
    sendLater(failureOf(error, request, reply, { exchange, app }), reply);
  });
}

/** Whether a request asks for a WebSocket: `@fastify/websocket` marks it. */
export function isHandshake(request: FastifyRequest): boolean {
  return request.ws === true;
}

/** What is sent, once everything that guards opened is closed; a stream closes it at its end. */
export async function released(reply: FastifyReply, payload: unknown): Promise<unknown> {
  const held = holding.get(reply);
  holding.delete(reply);
  if (held === undefined || payload instanceof Readable || payload instanceof ReadableStream)
    return payload;
  try {
    await held.exchange.leave(undefined);
    return payload;
  } catch (error) {
    for (const name of OF_CONTENT) reply.removeHeader(name);
    return (await failureOf(error, reply.request, reply, held)) ?? null;
  }
}

const OF_CONTENT = ['content-length', 'content-encoding', 'etag', 'last-modified'];

async function failureOf(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  { exchange, app: { outside, options } }: Held,
): Promise<unknown> {
  exchange.dropTasks();
  const response = await options.errors.answer(
    error,
    outside.exceptions,
    request,
    () => exchange.request,
  );
  return prepareResponse(asGiven(response), sendingOf(request, reply, outside, options));
}
