import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Metrics } from './metrics';

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
const LABELS = ['method', 'route', 'status'] as const;

/**
 * Counts and times what a server answers, by method, route template and status: an address is no
 * label, whatever clients ask for.
 */
export function countRequests(fastify: FastifyInstance, metrics: Metrics): void {
  const seconds = metrics.histogram(
    'http_server_request_duration_seconds',
    'How long requests took, until their answer was sent',
    LABELS,
  );
  const under: WeakSet<FastifyRequest> = new WeakSet();
  let active = 0;
  metrics.gauge('http_server_active_requests', 'Requests that are under way', () => active);
  fastify.addHook('onRequest', (request, _reply, done) => {
    // A WebSocket is no request that ends.
    if (request.headers.upgrade === undefined) {
      under.add(request);
      active += 1;
    }
    done();
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    if (under.delete(request)) active -= 1;
    const { method, routeOptions } = request;
    seconds.record(reply.elapsedTime / 1000, {
      method: METHODS.has(method) ? method : '_OTHER',
      route: routeOptions.url ?? 'unmatched',
      status: String(reply.raw.statusCode),
    });
    done();
  });
}
