import { Controller, Post, Vivace, type int, type Middleware } from 'vivace';
import {
  accessLog,
  cache,
  compress,
  cors,
  decompress,
  deprecation,
  etag,
  httpsRedirect,
  idempotency,
  memoryStore,
  processTime,
  rateLimit,
  requestId,
  securityHeaders,
  WebSession,
  sessions,
  timeout,
  trustedHosts,
  type Store,
} from 'vivace/middleware';

/* Middleware, ready-made and of one's own. */

interface Cart {
  items: int[];
}

@Controller('/cart', { middleware: [rateLimit({ limit: 5, seconds: 60, store: memoryStore() })] })
export class Carts {
  @Post('/', { middleware: [idempotency({ required: true }), timeout(5)] })
  async add(item: int, session: WebSession<Cart>): Promise<int> {
    const items: int[] = (session.data.items ??= []);
    items.push(item);
    await session.regenerate();
    // @ts-expect-error the session has no such data
    session.data.nope = 1;
    return items.length;
  }
}

const timing: Middleware = async (request, next) => {
  const response = await next();
  response.headers.set('x-path', request.path);
  return response;
};
const origins: string[] = ['https://shop.example'];

export const app = new Vivace({
  controllers: [Carts],
  middleware: [requestId(), accessLog({ skip: ({ path }) => path === '/' })],
})
  .use(
    cors({ origins: ['https://shop.example', /\.shop\.example$/], credentials: true }),
    cors({ origins, credentials: true }),
  )
  .use(
    trustedHosts(['shop.example'], { redirectWww: false }),
    httpsRedirect(),
    securityHeaders({ hsts: { maxAge: 60 }, frame: 'same-origin' }),
  )
  .use(
    compress({ minSize: 1000, encodings: ['zstd'] }),
    decompress({ encodings: ['gzip'], maxSize: 1000 }),
    etag(),
    processTime(),
    timing,
  )
  .use(
    cache({ seconds: 5, vary: ['Accept-Language'] }),
    deprecation({ since: new Date(), link: '/v2' }),
  )
  .use(
    sessions({
      secret: ['new', 'old'],
      csrf: { origins: ['https://partner.example'] },
      sameSite: 'strict',
    }),
  );
cors({ origins: '*' });

// @ts-expect-error a wildcard with credentials
cors({ origins: '*', credentials: true });
// @ts-expect-error the same in a list
cors({ origins: ['https://a.example', '*'], credentials: true });
// @ts-expect-error a limit has a time
rateLimit({ limit: 5 });
// @ts-expect-error an encoding that is not known
compress({ encodings: ['lzma'] });
// @ts-expect-error sessions have a secret
sessions({});
// @ts-expect-error a middleware gives a response
app.use(async (_, next) => void (await next()));
// @ts-expect-error a store also counts
export const store: Store = {
  get: async () => undefined,
  set: async () => {},
  delete: async () => {},
};
