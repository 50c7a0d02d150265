import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ServerResponse } from 'node:http';
import type { Registry } from './registry';
import { RequestTimes } from './request-times';

/** The methods of HTTP: anything else a client may say is one label. */
const METHODS: ReadonlySet<string> = new Set([
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'QUERY',
]);

const TIMED = Symbol('vivace.timed');

/** A response that knows what it answers. */
interface Timed extends ServerResponse {
  [TIMED]?: { readonly request: FastifyRequest; readonly began: number; readonly lasts: boolean };
}

/**
 * Counts and times what a server answers, by method, route template and status: an address is no
 * label, whatever clients ask for.
 */
export function countRequests(
  fastify: FastifyInstance,
  registry: Registry,
  buckets: readonly number[],
): void {
  const times = new RequestTimes(buckets);
  registry.append(RequestTimes.family, () => times.text());
  let active = 0;
  registry.gauge('http_server_active_requests', 'Requests that are under way', () => active);
  function ended(this: Timed): void {
    const { request, began, lasts } = this[TIMED]!;
    if (!lasts) active -= 1;
    else if (!this.writableEnded) return;
    const { method, routeOptions } = request;
    times.record(
      METHODS.has(method) ? method : '_OTHER',
      routeOptions.url ?? 'unmatched',
      this.statusCode,
      (performance.now() - began) / 1000,
    );
  }
  fastify.addHook('onRequest', (request, { raw }: { readonly raw: Timed }, done) => {
    // A WebSocket is no request that ends, but a handshake that is refused is.
    const lasts = request.headers.upgrade !== undefined;
    if (!lasts) active += 1;
    raw[TIMED] = { request, began: performance.now(), lasts };
    // One listener for all: a function for each costs a request three times as much, and a hook more.
    raw.on('close', ended);
    done();
  });
}
