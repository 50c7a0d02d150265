import { callSite } from '../declare/call-site';
import type { Middleware } from '../declare/options/layer-options';
import { BootError } from '../errors/boot-error';
import { PlainTextResponse } from '../responses/plain-text-response';
import { RedirectResponse } from '../responses/redirect-response';
import { defineMiddleware } from './define-middleware';
import { withoutPort } from '../text/ends';

const PATTERN = /^(?:\*|(?:\*\.)?[\w.-]+|\[[\da-f:.]+\])$/i;

/**
 * Refuses requests for other hosts with 400, so that no link is built from a made-up `Host`.
 *
 * @param hosts names without ports; `*.shop.example` stands for every name below `shop.example`
 * @param options.redirectWww whether `shop.example` is sent to `www.shop.example` where only that is named: true by default
 * @throws BootError for what is no host name
 * @example new Vivace({ middleware: [trustedHosts(['shop.example', '*.shop.example'])] })
 */
export function trustedHosts(
  hosts: readonly string[],
  options: { readonly redirectWww?: boolean } = {},
): Middleware {
  const { redirectWww = true } = options;
  const wrong = hosts.find((host) => !PATTERN.test(host));
  if (wrong !== undefined) {
    const { file, line } = callSite(trustedHosts);
    const where = { member: 'trustedHosts', parameter: 'hosts', file, line };
    throw new BootError(
      'HOST_PATTERN',
      where,
      `'${wrong}' is not the name of a host.`,
      URL.canParse(wrong) ? `'${new URL(wrong).host}'` : `'shop.example' or '*.shop.example'`,
    );
  }
  const patterns = hosts.map((host) => host.toLowerCase());
  const trusted = (host: string): boolean =>
    patterns.some(
      (pattern) =>
        pattern === '*' ||
        pattern === host ||
        (pattern.startsWith('*.') && host.endsWith(pattern.slice(1))),
    );
  return defineMiddleware({ name: 'trustedHosts' }, (request, next) => {
    const { host, protocol } = request.fastify;
    const name = withoutPort(host.toLowerCase());
    if (trusted(name)) return next();
    if (redirectWww && trusted(`www.${name}`))
      return new RedirectResponse(`${protocol}://www.${host}${request.url}`);
    return new PlainTextResponse('Invalid host header', { status: 400 });
  });
}
