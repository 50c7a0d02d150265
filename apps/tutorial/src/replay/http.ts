import { request as httpRequest } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Answer } from './answer';
import type { WireRequest } from './request';
import type { Server } from 'vivace';

const PATIENCE = 10_000;

/** Sends one request over a connection of its own on the loopback interface. */
export function send(server: Server, wire: WireRequest): Promise<Answer> {
  // A connection counts as TLS without certificates, as with FastAPI's test client.
  if (wire.secure)
    server.fastify.server.once(
      'connection',
      (socket: Socket & { encrypted?: boolean }) => void (socket.encrypted = true),
    );
  return new Promise((resolve, reject) => receive(server, wire, resolve, reject));
}

function receive(
  server: Server,
  wire: WireRequest,
  resolve: (answer: Answer) => void,
  reject: (error: Error) => void,
): void {
  const request = httpRequest({
    host: '127.0.0.1',
    port: portOf(server),
    method: wire.method,
    path: wire.path,
    agent: false,
    setHost: false,
    timeout: PATIENCE,
  });
  for (const [name, values] of byName(wire.headers)) request.setHeader(name, values);
  // Node would add one.
  if (!request.hasHeader('connection')) request.removeHeader('connection');
  request.once('error', reject);
  request.once('timeout', () =>
    request.destroy(new Error(`no answer within ${PATIENCE / 1000} seconds`)),
  );
  request.once('response', (response) => {
    const chunks: Buffer[] = [];
    const headers = response.rawHeaders.flatMap((name, index, all) =>
      index % 2 === 0 ? [[name, all[index + 1] ?? ''] as const] : [],
    );
    const finish = (broken: boolean): void => {
      request.destroy();
      resolve({ status: response.statusCode ?? 0, headers, body: Buffer.concat(chunks), broken });
    };
    response.on('data', (chunk: Buffer) => chunks.push(chunk));
    response.once('end', () => finish(false));
    response.once('error', () => finish(true));
  });
  request.end(wire.body);
}

export function portOf(server: Server): number {
  return (server.fastify.server.address() as AddressInfo).port;
}

function byName(headers: WireRequest['headers']): Map<string, string[]> {
  const names = Map.groupBy(headers, ([name]) => name.toLowerCase());
  return new Map(
    [...names.values()].map((same) => [same[0]![0], same.map(([, value]) => value)] as const),
  );
}
