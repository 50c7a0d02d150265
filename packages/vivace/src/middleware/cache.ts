import { checkNumbers } from '../declare/numbers';
import type { Request } from '../declare/parts';
import { callSite } from '../declare/call-site';
import type { Middleware } from '../declare/layers';
import type { Response } from '../responses/response';
import { hasDirective } from './content';
import { digestOf, storedResponse, responseOf } from './stored-response';
import { memoryStore } from '../stores/memory-store';
import { defineMiddleware } from './define-middleware';
import type { Store } from '../stores/store';
import { survived } from './outlived';

export interface CacheOptions {
  /** How long an answer is given again. */
  seconds: number;
  /** Request headers that answers depend on, such as `Accept-Language`. */
  vary?: readonly string[];
  /** Whose answer it is, such as the id of the user; without it requests with credentials are not answered from the cache. */
  key?: (request: Request) => string;
  /** The memory of this process, 1,000 answers, by default. */
  store?: Store;
  /** Keeps the answers of caches in one store apart: the place where it is written by default. */
  name?: string;
}

interface Entry {
  /** When it was kept, in milliseconds. */
  readonly time: number;
  readonly response: string;
}

/**
 * Answers GET from what was answered before. The handler runs once, however many clients wait for the same answer.
 *
 * Kept are whole answers with status 200 that set no cookie, vary by nothing but `vary`, and do not forbid it in `Cache-Control`.
 *
 * @example @Get('/prices', { middleware: [cache({ seconds: 30 })] }) prices(): Promise<Price[]> {}
 */
export function cache(options: CacheOptions): Middleware {
  const { seconds, vary = [], store = memoryStore({ maxKeys: 1000 }), key } = options;
  checkNumbers(cache, { seconds });
  const { file, line } = callSite(cache);
  const name = options.name ?? `${file}:${line}`;
  /** Answers that somebody is making already. */
  const flights = new Map<string, Promise<Entry | undefined>>();
  const idOf = (request: Request): string => {
    const { headers, fastify, url } = request;
    return `cache:${name}:${digestOf(fastify.host, url, key?.(request) ?? null, ...vary.map((header) => headers.get(header)))}`;
  };
  const read = async (id: string, request: Request): Promise<Entry | undefined> => {
    const text = await survived(store.get(id), request, 'a cache');
    return text === undefined ? undefined : (JSON.parse(text) as Entry);
  };
  return defineMiddleware(
    { name: 'cache', store: { shared: store.shared === true } },
    async (request, next) => {
      if (
        !['GET', 'HEAD'].includes(request.method) ||
        (key === undefined && hasCredentials(request))
      )
        return next();
      const id = idOf(request);
      const running = flights.get(id);
      if (running !== undefined) {
        // An answer that is for one client only is no answer for those who waited.
        const entry = await running.catch(() => undefined);
        return entry === undefined ? next() : fromCache(entry);
      }
      let made: Response | undefined;
      const flight = read(id, request).then(async (known) => {
        if (known !== undefined) return known;
        made = await next();
        const entry = entryOf(made, vary);
        if (entry !== undefined)
          await survived(store.set(id, JSON.stringify(entry), { seconds }), request, 'a cache');
        return entry;
      });
      flights.set(id, flight);
      try {
        const known = await flight;
        return made ?? fromCache(known!);
      } finally {
        flights.delete(id);
      }
    },
  );
}

function hasCredentials({ headers }: Request): boolean {
  return headers.has('authorization') || headers.has('cookie');
}

function entryOf(response: Response, vary: readonly string[]): Entry | undefined {
  const { status, headers } = response;
  const known = new Set(vary.map((name) => name.toLowerCase()));
  const varies = (headers.get('vary') ?? '').split(/\s*,\s*/).filter((name) => name !== '');
  if (
    status !== 200 ||
    headers.has('set-cookie') ||
    !varies.every((name) => known.has(name.toLowerCase()))
  )
    return undefined;
  if (hasDirective(headers.get('cache-control'), 'no-store', 'no-cache', 'private'))
    return undefined;
  const kept = storedResponse(response);
  return kept === undefined ? undefined : { time: Date.now(), response: kept };
}

function fromCache({ time, response: text }: Entry): Response {
  const response = responseOf(text);
  response.headers.set('age', String(Math.max(0, Math.floor((Date.now() - time) / 1000))));
  return response;
}
