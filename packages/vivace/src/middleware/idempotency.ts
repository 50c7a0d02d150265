import { checkNumbers } from '../declare/numbers';
import type { MiddlewareDocs } from '../declare/value-facts';
import type { Request } from '../declare/context-classes';
import type { Middleware } from '../declare/options/layer-options';
import { HTTPException } from '../errors/http-exception';
import { exchangeOfRequest } from '../http/exchange-of';
import type { ReplayRequest } from '../http/replay';
import type { Response } from '../responses/response';
import { digestOf, storedResponse, responseOf } from './stored-response';
import { memoryStore } from '../stores/memory-store';
import { defineMiddleware } from './define-middleware';
import { storeFacts, storeOf } from './store-of';
import type { Store } from '../declare/store';
import { failOpen } from './fail-open';

const DAY = 24 * 60 * 60;
/** For how long a request counts as running whose process has died. */
const LOCK_SECONDS = 300;
const NAME = 'Idempotency-Key';
const METHODS: readonly string[] = ['POST', 'PATCH'];
const MALFORMED = `${NAME} has to be a text of 1 to 255 characters`;
const RUNNING = `A request with this ${NAME} is running`;
const UNKEPT =
  'idempotency() gives whole answers again, and this one is a stream or a file: answer with data or bytes, or leave idempotency() out.';
const OTHER = `This ${NAME} was used with another content`;

/** How long answers are kept, and whose keys they are. */
export interface IdempotencyOptions {
  /**
   * Seconds for which an answer is given again.
   * @default a day
   */
  readonly seconds?: number;
  /**
   * Whether a request without a key is answered 400.
   * @default `false`
   */
  readonly required?: boolean;
  /**
   * Whose keys they are, since two clients may choose the same.
   * @default the credentials that the guards found
   */
  readonly key?: (request: Request) => string;
  /**
   * Where answers are kept.
   * @default that of an extension, else the memory of this process
   */
  readonly store?: Store;
}

interface Done {
  readonly content: string;
  readonly response: string;
}

/**
 * Does a POST or PATCH with an `Idempotency-Key` once: a client that did not get the answer may
 * send it again, and gets that answer.
 *
 * The keys of each caller are its own: whoever the guards let in by the same credentials. Only what
 * succeeded is kept; after an error nothing was done, and the next try is a new one. The same key
 * with another content is answered 422, and 409 while the first request runs. Without its store it
 * answers 503, since it could not keep its promise.
 *
 * @throws BootError where no guard tells who sends a request, and there is no `key`; where the answer is a stream
 * @example @Post('/payments', { middleware: [idempotency({ required: true })] }) pay(order: Order): Promise<Receipt> {}
 */
export function idempotency(options: IdempotencyOptions = {}): Middleware {
  const { seconds = DAY, required = false, key } = options;
  checkNumbers(idempotency, { seconds });
  const storeFor = storeOf(options.store, memoryStore, true);
  const facts = {
    name: 'idempotency',
    store: storeFacts(options.store),
    docs: docsOf(required),
    replays: { by: 'caller', methods: METHODS, keyed: key !== undefined },
  } as const;
  return defineMiddleware(facts, async (request, next) => {
    if (!METHODS.includes(request.method)) return next();
    const store = storeFor(request);
    let running: { readonly id: string; readonly content: string } | undefined;
    let made: string | undefined;
    exchangeOfRequest(request).replayedBy(NAME, async (asked, handler) => {
      const sent = keyOf(request);
      if (sent === undefined && !required) return handler();
      if (sent === undefined) throw new HTTPException(400, MALFORMED);
      const caller = key === undefined ? asked.caller : key(request);
      const id = `idempotency:${digestOf(caller, request.method, request.url, sent)}`;
      const content = await contentOf(request, asked);
      const first = await stored(request, async () =>
        store.setIfAbsent(`${id}:lock`, '1', { seconds: LOCK_SECONDS }),
      );
      if (first) running = { id, content };
      const text = await stored(request, () => store.get(id));
      if (text !== undefined) return again(JSON.parse(text) as Done, content);
      if (!first) throw new HTTPException(409, RUNNING, { headers: { 'retry-after': '1' } });
      const response = await handler();
      if (response.status >= 400) return response;
      made = storedResponse(response);
      // It is not committed yet, and a promise that cannot be kept is no success.
      if (made === undefined) throw new TypeError(UNKEPT);
      return response;
    });
    try {
      const response = await next();
      // What was opened for it is closed: what is done is done, and said so to the client that waits.
      if (running !== undefined && made !== undefined && response.status < 400) {
        const done = JSON.stringify({
          content: running.content,
          response: made,
        } satisfies Done);
        await failOpen(store.set(running.id, done, { seconds }), request, NAME);
      }
      return response;
    } finally {
      if (running !== undefined) await failOpen(store.delete(`${running.id}:lock`), request, NAME);
    }
  });
}

/** The key that was sent. */
function keyOf({ headers }: Request): string | undefined {
  const sent = headers.get(NAME);
  if (sent === null) return undefined;
  if (!/^[\x21-\x7e]{1,255}$/.test(sent)) throw new HTTPException(400, MALFORMED);
  return sent;
}

function docsOf(required: boolean): MiddlewareDocs {
  return {
    methods: METHODS,
    headers: {
      [NAME]: {
        required,
        description:
          'Chosen by the client: a request that is sent again with the same key is done once.',
        schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[!-~]+$' },
      },
    },
    throws: {
      400: { description: MALFORMED },
      409: {
        description: RUNNING,
        headers: {
          'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer' } },
        },
      },
      422: { description: OTHER },
    },
  };
}

/** A sign of what was sent. A form that no input declares is not collected for it. */
async function contentOf(request: Request, { operation, body }: ReplayRequest): Promise<string> {
  const multipart = request.headers.get('content-type')?.startsWith('multipart/') === true;
  if (operation.body !== undefined) return body();
  if (multipart) return '';
  const bytes = await request.body();
  // Whoever reads it as a stream begins anew.
  request.replaceBody(bytes);
  return digestOf(Buffer.from(bytes).toString('base64'));
}

function again({ content, response: text }: Done, sent: string): Response {
  if (content !== sent) throw new HTTPException(422, OTHER);
  const response = responseOf(text);
  response.headers.set('idempotency-replayed', 'true');
  return response;
}

async function stored<T>(request: Request, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (cause) {
    request.log.error({ err: cause }, `The store of ${NAME} failed`);
    throw new HTTPException(503, undefined, { headers: { 'retry-after': '1' } });
  }
}
