import type { Middleware } from '../declare/options/layer-options';
import { RedirectResponse } from '../responses/redirect-response';
import { defineMiddleware } from './define-middleware';

/**
 * Sends http requests to https with 307, and those for a WebSocket to wss. Behind a proxy that ends TLS it needs `trustProxy`.
 *
 * @example new Vivace({ middleware: [httpsRedirect()], trustProxy: '10.0.0.0/8' })
 */
export function httpsRedirect(): Middleware {
  return defineMiddleware({ name: 'httpsRedirect' }, (request, next) => {
    const { host, protocol } = request.fastify;
    const secure = request.headers.get('upgrade')?.toLowerCase() === 'websocket' ? 'wss' : 'https';
    return protocol === 'https'
      ? next()
      : new RedirectResponse(`${secure}://${host.replace(/:80$/, '')}${request.url}`, {
          external: true,
        });
  });
}
