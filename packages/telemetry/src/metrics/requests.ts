import type { FastifyInstance } from 'fastify';
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
  fastify.addHook('onRequest', (request, { raw }, done) => {
    const began = performance.now();
    // A WebSocket is no request that ends, but a handshake that is refused is.
    const lasts = request.headers.upgrade !== undefined;
    if (!lasts) active += 1;
    // One listener, which costs less than a hook.
    raw.on('close', () => {
      if (!lasts) active -= 1;
      else if (!raw.writableEnded) return;
      const { method, routeOptions } = request;
      times.record(
        METHODS.has(method) ? method : '_OTHER',
        routeOptions.url ?? 'unmatched',
        raw.statusCode,
        (performance.now() - began) / 1000,
      );
    });
    done();
  });
}
