import { duplexPair, type Duplex } from 'node:stream';
import type { Server } from '../declare/server';

/** Both ends of a connection without a network. */
export interface Connection {
  readonly client: Duplex;
  readonly server: Duplex;
}

/** Connects to a server that need not listen, through Node's own parser. */
export function connect({ fastify }: Server, ip: string, { protocol }: URL): Connection {
  const [client, server] = duplexPair();
  Object.assign(server, { remoteAddress: ip, encrypted: protocol === 'https:' });
  // As over a network, an end that is gone is gone for the other.
  client.once('close', () => server.destroy());
  server.once('close', () => client.destroy());
  fastify.server.emit('connection', server);
  return { client, server };
}

export function headersOf(
  received: Readonly<Record<string, string | number | string[] | undefined>>,
): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(received)) {
    for (const one of [value].flat()) if (one !== undefined) headers.append(name, String(one));
  }
  return headers;
}
