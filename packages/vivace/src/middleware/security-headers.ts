import helmet, { type HelmetOptions } from 'helmet';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { checkNumbers } from '../declare/numbers';
import type { Middleware } from '../declare/options/layer-options';
import { replyOf } from '../http/exchange-of';
import { defineMiddleware } from './define-middleware';

/** What browsers are told. */
export interface SecurityHeadersOptions {
  /**
   * The whole policy as text; `false`: none.
   * @default everything from the own origin only
   */
  readonly contentSecurityPolicy?: string | false;
  /**
   * Seconds for which browsers use https only; `false`: not at all.
   * @default a year, with all subdomains
   */
  readonly hsts?: { readonly maxAge: number; readonly includeSubDomains?: boolean } | false;
  /**
   * Who may show the pages in a frame.
   * @default `'deny'`
   */
  readonly frame?: 'deny' | 'same-origin';
  /**
   * The header `Referrer-Policy`.
   * @default `no-referrer`
   */
  readonly referrer?: string;
}

/**
 * Adds headers that make browsers stricter, also to the answers to errors. A header that a response
 * sets itself wins.
 *
 * @example new Vivace({ middleware: [securityHeaders({ frame: 'same-origin' })] })
 */
export function securityHeaders(options: SecurityHeadersOptions = {}): Middleware {
  if (typeof options.hsts === 'object')
    checkNumbers(securityHeaders, {}, { 'hsts.maxAge': options.hsts.maxAge });
  const headers = headersOf(options);
  return defineMiddleware({ name: 'securityHeaders' }, (request, next) => {
    replyOf(request).headers(headers);
    return next();
  });
}

/** They are the same for every request: helmet writes them once. */
function headersOf({
  contentSecurityPolicy,
  hsts,
  frame = 'deny',
  referrer,
}: SecurityHeadersOptions): Record<string, string> {
  const headers: Record<string, string> = {};
  const settings: HelmetOptions = {
    contentSecurityPolicy: contentSecurityPolicy === undefined && {
      // What upgrades http is Strict-Transport-Security; this would break pages on a developer's machine.
      directives: {
        upgradeInsecureRequests: null,
        frameAncestors: [frame === 'deny' ? `'none'` : `'self'`],
      },
    },
    xFrameOptions: { action: frame === 'deny' ? 'deny' : 'sameorigin' },
    ...(hsts !== undefined && { strictTransportSecurity: hsts }),
    ...(referrer !== undefined && { referrerPolicy: { policy: referrer as 'no-referrer' } }),
  };
  const response = {
    setHeader: (name: string, value: string) => void (headers[name.toLowerCase()] = value),
    removeHeader: () => {},
  };
  helmet(settings)({} as IncomingMessage, response as unknown as ServerResponse, () => {});
  return typeof contentSecurityPolicy === 'string'
    ? { ...headers, 'content-security-policy': contentSecurityPolicy }
    : headers;
}
