import { finished } from 'node:stream';
import type { Request } from '../declare/context-classes';
import type { Middleware } from '../declare/options/layer-options';
import { replyOf } from '../http/exchange-of';
import { defineMiddleware } from './define-middleware';

/**
 * Logs method, path, status and time of every request when its response has been sent, and who sent
 * it, if somebody has kept that in `request.state.userId`. The query, which may hold secrets, is left
 * out.
 *
 * @param options.skip tells which requests are not logged
 * @example new Vivace({ middleware: [accessLog({ skip: request => request.path === '/metrics' })] })
 */
export function accessLog({
  skip,
}: { readonly skip?: (request: Request) => boolean } = {}): Middleware {
  return defineMiddleware({ name: 'accessLog' }, (request, next) => {
    if (skip?.(request) === true) return next();
    const start = performance.now();
    const { raw } = replyOf(request);
    finished(raw, (error) => {
      const { method, rawPath: path, ip, fastify } = request;
      const ms = Math.round((performance.now() - start) * 10) / 10;
      const line = {
        method,
        path,
        route: fastify.routeOptions.url,
        status: raw.statusCode,
        ms,
        ip,
        ...(request.state.userId !== undefined && { user: request.state.userId }),
      };
      if (error && !raw.writableFinished)
        request.log.info({ ...line, aborted: true }, `${method} ${path}: the client left`);
      else request.log.info(line, `${method} ${path} ${raw.statusCode}`);
    });
    return next();
  });
}
