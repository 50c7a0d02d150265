import { validateHeaderValue } from 'node:http';
import { WebSocketServer } from 'ws';
import { upgradeOf } from './websocket-upgrade';

/** Milliseconds that a client has to answer a close frame. */
export const CLOSE_TIMEOUT = 2_000;

/** Headers that belong to the protocol, or to a body, which a handshake has none of. */
const OWN = /^(?:connection|upgrade|sec-websocket-.*|content-.*|transfer-encoding)$/;

/** Turns connections into WebSockets, and speaks their protocol; compression is not offered, since it lets a client make us work. */
export function upgradesOf(maxMessage: number): WebSocketServer {
  const options = { noServer: true, clientTracking: false, perMessageDeflate: false, maxPayload: maxMessage, closeTimeout: CLOSE_TIMEOUT };
  const upgrades = new WebSocketServer({
    ...options,
    handleProtocols: (_, request) => {
      const chosen = upgradeOf(request)?.headers['sec-websocket-protocol'];
      return typeof chosen === 'string' ? chosen : false;
    },
  });
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
