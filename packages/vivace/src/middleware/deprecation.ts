import type { Middleware } from '../declare/options/layer-options';
import { replyOf } from '../http/exchange-of';
import { defineMiddleware } from './define-middleware';

/** Since when something is deprecated, and what comes next. */
export interface DeprecationOptions {
  /** Since when it should not be used any more. */
  readonly since: Date;
  /** When it stops working. */
  readonly sunset?: Date;
  /** The address of a page that says what to use instead. */
  readonly link?: string;
}

/**
 * Tells clients in every answer that operations are deprecated (`Deprecation`, `Sunset`, `Link`);
 * the document says it, too.
 *
 * @example app.include(ItemsV1, { prefix: '/v1', middleware: [deprecation({ since: new Date('2026-01-01'), sunset: new Date('2027-01-01') })] })
 */
export function deprecation({ since, sunset, link }: DeprecationOptions): Middleware {
  const headers = {
    deprecation: `@${Math.floor(since.getTime() / 1000)}`,
    ...(sunset !== undefined && { sunset: sunset.toUTCString() }),
    ...(link !== undefined && { link: `<${link}>; rel="deprecation"` }),
  };
  return defineMiddleware({ name: 'deprecation', deprecated: true }, (request, next) => {
    replyOf(request).headers(headers);
    return next();
  });
}
