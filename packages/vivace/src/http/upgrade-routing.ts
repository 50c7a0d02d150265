import type { FastifyInstance } from 'fastify';
import { ServerResponse, type IncomingMessage, type Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { HTTPException } from '../errors/http-exception';
import type { PathReader } from './path-reader';

/** A connection whose client asks for a WebSocket, as Node hands it over. */
export interface Upgrade {
  readonly socket: Duplex;
  /** What the client has sent after its request. */
  readonly head: Buffer;
  /** What the handshake is refused with. */
  readonly response: ServerResponse;
  /** What the handshake is accepted with, beside the headers of the protocol. */
  headers: Readonly<Record<string, string | number | string[] | undefined>>;
}

const UPGRADE = Symbol('vivace.upgrade');

/** The upgrade that a request asks for, if it does. */
export function upgradeOf(request: IncomingMessage): Upgrade | undefined {
  return (request as IncomingMessage & { [UPGRADE]?: Upgrade })[UPGRADE];
}

/** The connection has become a WebSocket, which hears of its errors itself. */
export function forgetUpgrade(request: IncomingMessage): void {
  upgradeOf(request)?.socket.off('error', destroy);
  // A deleted property would make a slow and large object of it.
  (request as { [UPGRADE]?: Upgrade | undefined })[UPGRADE] = undefined;
}

/** The constraint of routes that only handshakes match, and the only ones that handshakes match. */
export const UPGRADE_ROUTE = { upgrade: 'websocket' };

type Strategy = Parameters<FastifyInstance['addConstraintStrategy']>[0];
type Handlers = ReturnType<Strategy['storage']>;

const upgradeConstraint: Strategy = {
  name: 'upgrade',
  mustMatchWhenDerived: true,
  storage: () => {
    const handlers = new Map<unknown, ReturnType<Handlers['get']>>();
    return {
      get: (value) => handlers.get(value) ?? null,
      set: (value, handler) => void handlers.set(value, handler),
    };
  },
  deriveConstraint: (request) =>
    upgradeOf(request) === undefined ? undefined : UPGRADE_ROUTE.upgrade,
  validate: () => true,
};

/** Whether Node is to hand a connection over: of the protocols that clients ask for (HTTP/2 is another) we know one. */
export function isHandshake(server: Server, request: IncomingMessage): boolean {
  return server.listenerCount('upgrade') > 0 && asksForWebSocket(request);
}

type Listener = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/**
 * Sends handshakes through Fastify's router from the time when it is ready.
 * Listeners that plugins have added, for WebSockets of their own, hear of the others.
 *
 * @param sockets the patterns of the WebSockets that are ours
 */
export function acceptUpgrades(
  fastify: FastifyInstance,
  sockets: readonly RegExp[],
  paths: PathReader,
): void {
  fastify.addConstraintStrategy(upgradeConstraint);
  fastify.addHook('onReady', async () =>
    routeUpgrades(fastify, (url) => {
      const path = paths.read(url);
      return sockets.some((pattern) => pattern.test(path));
    }),
  );
}

function routeUpgrades(fastify: FastifyInstance, serves: (url: string) => boolean): void {
  const { server } = fastify;
  const others = server.listeners('upgrade');
  const onUpgrade: Listener = (request, socket, head) => {
    if (others.length > 0 && !serves(request.url ?? '')) {
      for (const other of others) other.call(server, request, socket, head);
      return;
    }
    // Node has taken its own listener away.
    socket.on('error', destroy);
    const response = new ServerResponse(request);
    response.shouldKeepAlive = false;
    response.assignSocket(socket as Socket);
    response.once('finish', () => socket.once('finish', () => socket.destroy()).end());
    // Older releases of Node hand over every upgrade; an unknown one is an ordinary request.
    if (asksForWebSocket(request))
      (request as { [UPGRADE]?: Upgrade })[UPGRADE] = { socket, head, response, headers: {} };
    fastify.routing(request, response);
  };
  server.removeAllListeners('upgrade').on('upgrade', onUpgrade);
}

function destroy(this: Duplex): void {
  this.destroy();
}

function asksForWebSocket({ headers }: IncomingMessage): boolean {
  return headers.upgrade?.toLowerCase() === 'websocket';
}

const KEY = /^[+/0-9A-Za-z]{22}==$/;
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** @throws HTTPException for a handshake that RFC 6455 does not allow */
export function checkHandshake({ headers, httpVersion }: IncomingMessage): void {
  if (httpVersion === '1.0') throw new HTTPException(400, 'WebSockets need HTTP/1.1');
  if (headers['sec-websocket-version'] !== '13')
    throw new HTTPException(426, 'WebSockets of version 13 are spoken here', {
      headers: { 'sec-websocket-version': '13' },
    });
  if (!KEY.test(headers['sec-websocket-key'] ?? ''))
    throw new HTTPException(400, 'Sec-WebSocket-Key is missing or malformed');
  const protocols = offeredProtocols(headers);
  if (
    !protocols.every((protocol) => TOKEN.test(protocol)) ||
    new Set(protocols).size < protocols.length
  )
    throw new HTTPException(400, 'Sec-WebSocket-Protocol is malformed');
}

/** The subprotocols that the client speaks. */
export function offeredProtocols(headers: IncomingMessage['headers']): readonly string[] {
  const offered = headers['sec-websocket-protocol'];
  return offered === undefined ? [] : offered.split(',').map((protocol) => protocol.trim());
}
