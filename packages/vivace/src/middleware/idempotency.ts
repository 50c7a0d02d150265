import { checkNumbers } from '../declare/numbers';
import type { MiddlewareDocs } from '../declare/facts';
import type { Request } from '../declare/parts';
import type { Middleware } from '../declare/layers';
import { HTTPException } from '../errors/http-exception';
import type { Response } from '../responses/response';
import { digestOf, storedResponse, responseOf } from './stored-response';
import { memoryStore } from '../stores/memory-store';
import { defineMiddleware } from './define-middleware';
import type { Store } from '../stores/store';
import { survived } from './outlived';

const DAY = 24 * 60 * 60;
/** For how long a request counts as running whose process has died. */
const LOCK_SECONDS = 300;
const NAME = 'Idempotency-Key';
const METHODS: readonly string[] = ['POST', 'PATCH'];
const MALFORMED = `${NAME} has to be a text of 1 to 255 characters`;
const RUNNING = `A request with this ${NAME} is running`;
const OTHER = `This ${NAME} was used with another content`;

export interface IdempotencyOptions {
  /** How long an answer is given again: a day by default. */
  seconds?: number;
  /** Whether a request without a key is answered 400: false by default. */
  required?: boolean;
  /** Whose keys they are, since two clients may choose the same: by default the `Authorization` header. */
  key?: (request: Request) => string;
  /** The memory of this process by default. */
  store?: Store;
}

interface Done {
  readonly content: string;
  readonly response: string;
}

/**
 * Does a POST or PATCH with an `Idempotency-Key` once: a client that did not get the answer may send it again, and gets that answer.
 *
 * Only what succeeded is kept; after an error nothing was done, and the next try is a new one. The same key with another content is
 * answered 422, and 409 while the first request runs. Without its store it answers 503, since it could not keep its promise.
 *
 * @example @Post('/payments', { middleware: [idempotency({ required: true })] }) pay(order: Order): Promise<Receipt> {}
 */
export function idempotency(options: IdempotencyOptions = {}): Middleware {
  const {
    seconds = DAY,
    required = false,
    key = (request: Request) => request.headers.get('authorization') ?? '',
  } = options;
  const { store = memoryStore() } = options;
  checkNumbers(idempotency, { seconds });
  return defineMiddleware(
    { name: 'idempotency', store: { shared: store.shared === true }, docs: docsOf(required) },
    async (request, next) => {
      if (!METHODS.includes(request.method)) return next();
      const sent = request.headers.get(NAME);
      if (sent === null && !required) return next();
      if (sent === null || !/^[\x21-\x7e]{1,255}$/.test(sent))
        throw new HTTPException(400, MALFORMED);
      const id = `idempotency:${digestOf(key(request), request.method, request.url, sent)}`;
      const content = await contentOf(request);
      const first = await asked(
        request,
        async () => (await store.increment(`${id}:lock`, 1, LOCK_SECONDS)).value === 1,
      );
      const text = await asked(request, () => store.get(id));
      if (text !== undefined) {
        if (first) await asked(request, () => store.delete(`${id}:lock`));
        return again(JSON.parse(text) as Done, content);
      }
      if (!first) throw new HTTPException(409, RUNNING, { headers: { 'retry-after': '1' } });
      try {
        const response = await next();
        const kept = response.status < 400 ? storedResponse(response) : undefined;
        const done = kept && JSON.stringify({ content, response: kept } satisfies Done);
        // What is done is done, and said so to the client that waits.
        if (done !== undefined) await survived(store.set(id, done, { seconds }), request, NAME);
        return response;
      } finally {
        await survived(store.delete(`${id}:lock`), request, NAME);
      }
    },
  );
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

/** A sign of what was sent. Files are not collected for it. */
async function contentOf(request: Request): Promise<string> {
  if (request.headers.get('content-type')?.startsWith('multipart/') === true) return '';
  const bytes = await request.body();
  // Whoever reads it as a stream or a form begins anew.
  request.replaceBody(bytes);
  return digestOf(Buffer.from(bytes).toString('base64'));
}

function again({ content, response: text }: Done, sent: string): Response {
  if (content !== sent) throw new HTTPException(422, OTHER);
  const response = responseOf(text);
  response.headers.set('idempotency-replayed', 'true');
  return response;
}

async function asked<T>(request: Request, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (cause) {
    request.log.error({ err: cause }, `The store of ${NAME} failed`);
    throw new HTTPException(503, undefined, { cause, headers: { 'retry-after': '1' } });
  }
}
