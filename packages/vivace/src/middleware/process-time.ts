import { callOf } from '../declare/call-site';
import { checkWireName } from '../declare/wire-names';
import type { Middleware } from '../declare/options/layer-options';
import { defineMiddleware } from './define-middleware';

/**
 * Says in a header how many seconds it took to make the response.
 *
 * @param options.header the name of the header: `X-Process-Time` by default
 * @throws BootError for a name that no header can have
 * @example new Vivace({ middleware: [processTime()] })
 */
export function processTime({
  header = 'X-Process-Time',
}: { readonly header?: string } = {}): Middleware {
  checkWireName('header', header, callOf(processTime, 'header'));
  return defineMiddleware({ name: 'processTime' }, async (_, next) => {
    const start = performance.now();
    const response = await next();
    response.headers.set(header, ((performance.now() - start) / 1000).toFixed(6));
    return response;
  });
}
