import type { Request } from '../declare/context-classes';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'QUERY']);

/**
 * Whether a page of another site sends a request that may change something.
 *
 * Browsers say where a request comes from: `Sec-Fetch-Site`, or older ones `Origin`. What says nothing is not a browser with the
 * cookies of a victim.
 */
export function isCrossSite(request: Request, trusted: readonly string[]): boolean {
  if (SAFE_METHODS.has(request.method)) return false;
  const origin = request.headers.get('origin');
  if (origin !== null && trusted.includes(origin)) return false;
  const site = request.headers.get('sec-fetch-site');
  if (site !== null) return site !== 'same-origin' && site !== 'none';
  return (
    origin !== null && !(URL.canParse(origin) && new URL(origin).host === request.fastify.host)
  );
}
