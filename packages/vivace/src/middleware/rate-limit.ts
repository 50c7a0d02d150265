import { checkNumbers } from '../declare/numbers';
import type { MiddlewareDocs } from '../declare/value-facts';
import type { Request } from '../declare/context-classes';
import { callSite } from '../declare/call-site';
import type { Middleware } from '../declare/options/layer-options';
import { HTTPException } from '../errors/http-exception';
import { replyOf } from '../http/exchange-of';
import { clientAddress } from './client-address';
import { memoryStore } from '../stores/memory-store';
import { defineMiddleware } from './define-middleware';
import { storeFacts, storeOf } from './store-of';
import type { Store } from '../declare/store';

/** How many requests are let through. */
export interface RateLimitOptions {
  /** How many requests are let through. */
  readonly limit: number;
  /** The seconds in which they are counted, from the first on. */
  readonly seconds: number;
  /**
   * Whose requests are counted together.
   * @default those of one address, in IPv6 of one /64 network
   */
  readonly key?: (request: Request) => string;
  /**
   * Where the counts are kept.
   * @default that of an extension, else the memory of this process
   */
  readonly store?: Store;
  /**
   * Keeps the counts of limiters in one store apart.
   * @default the place where it is written
   */
  readonly name?: string;
  /**
   * Whether requests are let through while the store fails, or answered 503.
   * @default `'allow'`
   */
  readonly whenStoreFails?: 'allow' | 'refuse';
}

const whole = (description: string) => ({ description, schema: { type: 'integer' } });
const DOCS: MiddlewareDocs = {
  throws: {
    429: {
      description: 'Too Many Requests',
      headers: {
        'Retry-After': whole('Seconds to wait.'),
        'RateLimit-Limit': whole('How many requests are answered.'),
        'RateLimit-Remaining': whole('How many are left.'),
        'RateLimit-Reset': whole('Seconds until the count begins anew.'),
      },
    },
  },
};

/**
 * Answers 429 with `Retry-After` beyond a number of requests; every answer tells how many are left.
 *
 * @example @Post('/login', { middleware: [rateLimit({ limit: 5, seconds: 60 })] }) login(@Form() form: Login) {}
 */
export function rateLimit(options: RateLimitOptions): Middleware {
  const {
    limit,
    seconds,
    key = clientAddress,
    name = nameOf(callSite(rateLimit)),
    whenStoreFails,
  } = options;
  checkNumbers(rateLimit, { seconds }, { limit });
  const storeFor = storeOf(options.store, memoryStore, false);
  return defineMiddleware(
    { name: 'rateLimit', store: storeFacts(options.store), docs: DOCS },
    async (request, next) => {
      let count: Awaited<ReturnType<Store['increment']>>;
      try {
        count = await storeFor(request).increment(`rate:${name}:${key(request)}`, 1, seconds);
      } catch (error) {
        request.log.warn({ err: error }, `The store of a rate limit (${name}) failed`);
        if (whenStoreFails !== 'refuse') return next();
        throw new HTTPException(503, undefined, { headers: { 'retry-after': '1' } });
      }
      const reset = String(Math.max(1, Math.ceil(count.seconds)));
      replyOf(request).headers({
        'ratelimit-limit': String(limit),
        'ratelimit-remaining': String(Math.max(0, limit - count.value)),
        'ratelimit-reset': reset,
      });
      if (count.value > limit)
        throw new HTTPException(429, undefined, { headers: { 'retry-after': reset } });
      return next();
    },
  );
}

const nameOf = ({ file, line }: ReturnType<typeof callSite>): string => `${file}:${line}`;
