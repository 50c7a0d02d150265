import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { FastifyBaseLogger } from 'fastify';
import { MetricsAnswer } from './answer';

export interface OwnPortOptions {
  readonly port: number;
  readonly path: string;
  readonly allows: (address: string) => boolean;
  readonly log: FastifyBaseLogger;
}

/** Answers at a port of its own, which no proxy of the application leads to. */
export async function listenOwn(
  answer: MetricsAnswer,
  { port, path, allows, log }: OwnPortOptions,
): Promise<AsyncDisposable> {
  const server = createServer((request, reply) => {
    const isAllowed = allows(request.socket.remoteAddress ?? '');
    if (!isAllowed || request.method !== 'GET' || request.url?.split('?')[0] !== path)
      return void reply.writeHead(404).end();
    answer.text().then(
      (text) => void reply.writeHead(200, { 'content-type': MetricsAnswer.type }).end(text),
      (err: unknown) => {
        log.error({ err }, 'The numbers could not be told');
        reply.writeHead(500).end();
      },
    );
  });
  server.listen(port);
  await once(server, 'listening');
  const { port: taken } = server.address() as { readonly port: number };
  log.info(`Numbers for Prometheus at port ${taken}${path}`);
  return { [Symbol.asyncDispose]: () => closed(server) };
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
