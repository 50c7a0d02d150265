import type { FastifyRequest } from 'fastify';
import { factsOf } from '../declare/value-facts';
import { fitsOrigin } from '../http/fits-origin';

export type Origins = '*' | readonly (string | RegExp)[];

/**
 * Whether a page of this origin may open a WebSocket. Browsers send cookies along with every handshake and let no page read
 * the answer, so that without this check any mountedApp could act as its visitor.
 *
 * @param origins those that may; undefined: that of the own host, and those that `cors()` in `middleware` names
 */
export function isOriginAllowed(
  { headers, host }: FastifyRequest,
  origins: Origins | undefined,
  middleware: readonly unknown[],
): boolean {
  const { origin } = headers;
  // Only browsers send it.
  if (origin === undefined || origins === '*') return true;
  if (origins !== undefined)
    return origins.some((one) =>
      fitsOrigin(origin, typeof one === 'string' ? one.replace(/\/$/, '') : one),
    );
  return (
    hostOf(origin) === host.toLowerCase() ||
    middleware.flatMap(corsOrigins).some((one) => fitsOrigin(origin, one))
  );
}

/** `*` allows requests without credentials only, which a handshake never is. */
function corsOrigins(middleware: unknown): readonly (string | RegExp)[] {
  const facts = factsOf(middleware);
  return facts?.kind === 'middleware' && Array.isArray(facts.origins) ? facts.origins : [];
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
