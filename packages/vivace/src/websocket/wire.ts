import type { FastifyInstance } from 'fastify';
import { Server, validateHeaderValue } from 'node:http';
import type { ServerOptions, WebSocketServer } from 'ws';
import { upgradeOf } from '../http/upgrade-routing';

/** Milliseconds that a client has to answer a close frame. */
export const CLOSE_TIMEOUT = 2_000;

/** Headers that belong to the protocol, or to a body, which a handshake has none of. */
const OWN = /^(?:connection|upgrade|sec-websocket-.*|content-.*|transfer-encoding)$/;

/**
 * What turns connections into WebSockets and speaks their protocol: the server of `@fastify/websocket`, in a context of its own.
 *
 * The plugin's listener would answer 101 before a handler has a say, so it is given a server that nobody connects to.
 * Where a plugin of the application has brought it already, that one has options and listeners of its own.
 */
export async function upgradesOf(
  scope: FastifyInstance,
  maxMessage: number,
): Promise<WebSocketServer> {
  // Of all programs only those with WebSockets load the packages.
  const { WebSocketServer: Upgrades } = require('ws') as typeof import('ws');
  const options = optionsOf(maxMessage);
  if (scope.hasDecorator('websocketServer'))
    return withHeaders(new Upgrades({ ...options, noServer: true }));
  const plugin = require('@fastify/websocket') as typeof import('@fastify/websocket');
  await scope.register(plugin.default, {
    options: { ...options, server: new Server() },
    preClose: (done) => done(),
  });
  return withHeaders(scope.websocketServer);
}

/** Compression is not offered, since it lets a client make us work. */
function optionsOf(maxMessage: number): ServerOptions {
  return {
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: maxMessage,
    closeTimeout: CLOSE_TIMEOUT,
    handleProtocols: (_, request) => {
      const chosen = upgradeOf(request)?.headers['sec-websocket-protocol'];
      return typeof chosen === 'string' ? chosen : false;
    },
  } as ServerOptions;
}

/** The handler's own headers go with the handshake. */
function withHeaders(upgrades: WebSocketServer): WebSocketServer {
  upgrades.on('headers', (lines, request) => {
    for (const [name, value] of Object.entries(upgradeOf(request)?.headers ?? {})) {
      if (value === undefined || OWN.test(name)) continue;
      for (const one of [value].flat()) {
        validateHeaderValue(name, String(one));
        lines.push(`${name}: ${one}`);
      }
    }
  });
  return upgrades;
}
