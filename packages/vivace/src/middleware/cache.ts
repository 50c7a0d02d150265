import { checkNumbers } from '../declare/numbers';
import type { Request } from '../declare/context-classes';
import { callSite } from '../declare/call-site';
import type { Middleware } from '../declare/options/layer-options';
import { exchangeOfRequest } from '../http/exchange-of';
import type { ReplayRequest } from '../http/replay';
import { walkOperation } from '../model/graph/walk';
import type { Operation } from '../model/model';
import type { Response } from '../responses/response';
import { hasDirective } from './content';
import { digestOf, storedResponse, responseOf } from './stored-response';
import { memoryStore } from '../stores/memory-store';
import { defineMiddleware } from './define-middleware';
import { storeFacts, storeOf } from './store-of';
import type { Store } from '../declare/store';
import { failOpen } from './fail-open';
import { listMembers } from '../text/ends';

/** How long answers are kept, and whose they are. */
export interface CacheOptions {
  /** Seconds for which an answer is given again. */
  readonly seconds: number;
  /**
   * Request headers that answers depend on and that no input declares, such as `Accept-Language`.
   */
  readonly vary?: readonly string[];
  /**
   * What the answer depends on beside its inputs, such as the id of the user.
   * @default each `Authorization` and each `Cookie` has answers of its own
   */
  readonly key?: (request: Request) => string;
  /**
   * Where answers are kept.
   * @default that of an extension, else 64 MiB of the memory of this process
   */
  readonly store?: Store;
  /**
   * Keeps the answers of caches in one store apart.
   * @default the place where it is written
   */
  readonly name?: string;
}

const METHODS: readonly string[] = ['GET', 'HEAD', 'QUERY'];
/** In bytes. */
const MEMORY = 64 * 1024 * 1024;

interface Entry {
  /** When it was kept, in milliseconds. */
  readonly time: number;
  readonly response: string;
}

/**
 * Answers GET and QUERY of path operations from what was answered before: guards and middleware run
 * each time, the handler once, however many clients wait for the same answer.
 *
 * An answer is given again to requests with the same inputs: what handler, dependencies and guards
 * declare that they read. Kept are whole answers with status 200 that set no cookie, vary by
 * nothing but declared headers and `vary`, and do not forbid it in `Cache-Control`.
 *
 * @throws BootError where something reads the whole `Request` and there is no `key`
 * @example @Get('/prices', { middleware: [cache({ seconds: 30 })] }) prices(): Promise<Price[]> {}
 */
export function cache(options: CacheOptions): Middleware {
  const { seconds, vary = [], key } = options;
  checkNumbers(cache, { seconds });
  const storeFor = storeOf(options.store, () => memoryStore({ maxBytes: MEMORY }), false);
  const { file, line } = callSite(cache);
  const name = options.name ?? `${file}:${line}`;
  /** Answers that somebody is making already. */
  const flights = new Map<string, Promise<Entry | undefined>>();
  const idOf = async (request: Request, asked: ReplayRequest): Promise<string> => {
    const { headers, fastify } = request;
    const { operation, inputs } = asked;
    const body = operation.body === undefined ? null : await asked.body();
    // Whoever sends credentials may get something of their own in ways that no input shows.
    const whose =
      key === undefined ? [headers.get('authorization'), headers.get('cookie')] : [key(request)];
    const varying = vary.map((header) => headers.get(header));
    const place = [fastify.host, fastify.routeOptions.url ?? null, operation.id];
    return `cache:${name}:${digestOf(...place, inputs, body, ...whose, ...varying)}`;
  };
  const read = async (id: string, request: Request): Promise<Entry | undefined> => {
    const text = await failOpen(storeFor(request).get(id), request, 'a cache');
    return text === undefined ? undefined : (JSON.parse(text) as Entry);
  };
  const keep = async (id: string, entry: Entry, request: Request): Promise<void> => {
    await failOpen(
      storeFor(request).set(id, JSON.stringify(entry), { seconds }),
      request,
      'a cache',
    );
  };
  const facts = {
    name: 'cache',
    store: storeFacts(options.store),
    replays: { by: 'inputs', methods: METHODS, keyed: key !== undefined },
  } as const;
  return defineMiddleware(facts, async (request, next) => {
    if (!METHODS.includes(request.method)) return next();
    const flight = Promise.withResolvers<Entry | undefined>();
    let id: string | undefined;
    let made: Entry | undefined;
    exchangeOfRequest(request).replayedBy(flights, async (asked, handler) => {
      const wanted = await idOf(request, asked);
      const running = flights.get(wanted);
      if (running !== undefined) {
        // An answer that is for one client only is no answer for those who waited.
        const entry = await running;
        return entry === undefined ? handler() : fromCache(entry);
      }
      flights.set((id = wanted), flight.promise);
      const known = await read(id, request);
      if (known !== undefined) {
        flight.resolve(known);
        return fromCache(known);
      }
      const response = await handler();
      made = entryOf(response, [...vary, ...headersRead(asked.operation)]);
      return response;
    });
    try {
      const response = await next();
      // What was opened for it is closed, so that it counts.
      if (made !== undefined && response.status < 400) {
        await keep(id!, made, request);
        flight.resolve(made);
      }
      return response;
    } finally {
      if (id !== undefined) flights.delete(id);
      flight.resolve(undefined);
    }
  });
}

/** The headers that an operation declares: a part of the key already. */
function headersRead({ effects, root }: Operation): readonly string[] {
  return walkOperation(root, effects).flatMap(({ inputs }) =>
    inputs.flatMap((input) => (input.kind === 'header' && !input.model ? [input.alias] : [])),
  );
}

function entryOf(response: Response, vary: readonly string[]): Entry | undefined {
  const { status, headers } = response;
  const known = new Set(vary.map((name) => name.toLowerCase()));
  const varies = listMembers(headers.get('vary') ?? '');
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
