import { AsyncLocalStorage } from 'node:async_hooks';
import { once } from 'node:events';
import {
  Controller,
  Get,
  HTTPException,
  Post,
  Security,
  Vivace,
  dependency,
  type Middleware,
  type Server,
  type VivaceOptions,
} from 'vivace';
import {
  cors,
  memoryStore,
  rateLimit,
  securityHeaders,
  sessions,
  trustedHosts,
  WebSession,
} from 'vivace/middleware';
import { StreamingResponse } from 'vivace/responses';
import { testClient } from 'vivace/testing';
import { call, listening, opened } from '../http';

const SHOP = 'https://shop.example';
const preflight = {
  method: 'OPTIONS',
  headers: { origin: SHOP, 'access-control-request-method': 'GET' },
};
const secret = 'vR3kQ9zX1mN7tB5yC2wE8pS6dF4gH0jL';

@Controller('/items')
class Items {
  @Get('/')
  list(): string[] {
    return ['hammer'];
  }
  @Post('/')
  add(item: { name: string }): string {
    return item.name;
  }
}
const serve = (options: VivaceOptions = {}): Promise<Server> =>
  listening(new Vivace({ controllers: [Items], ...options }));

describe('gotchas of middleware', () => {
  test('gotcha 75: middleware runs in written order, and app.routes shows it', async () => {
    const order: string[] = [];
    const first: Middleware = (_, next) => (order.push('first'), next());
    const second: Middleware = (_, next) => (order.push('second'), next());
    const app = new Vivace({ controllers: [Items], middleware: [first] }).use(
      second,
      cors({ origins: [SHOP] }),
    );
    await using client = await testClient(app);
    await client.get('/items/');
    expect(order).toEqual(['first', 'second']);
    expect((await app.routes())[0]?.middleware).toEqual(['first', 'second', 'cors']);
  });

  test('gotcha 76: every origin with credentials is refused by the types and at boot, also as a pattern', () => {
    // @ts-expect-error the types refuse it, too
    expect(() => cors({ origins: '*', credentials: true })).toThrow('CORS_CREDENTIALS');
    const fromSettings: string[] = ['*'];
    expect(() => cors({ origins: fromSettings, credentials: true })).toThrow('CORS_CREDENTIALS');
    expect(() => cors({ origins: /.*/, credentials: true })).toThrow('CORS_CREDENTIALS');
    expect(() =>
      cors({ origins: /https:\/\/\w+\.shop\.example/, credentials: true }),
    ).not.toThrow();
  });

  test('gotcha 77: a preflight that nothing answers is explained in the log, once for each origin', async () => {
    const lines: string[] = [];
    const logger = {
      level: 'warn',
      stream: {
        write: (line: string) => void lines.push((JSON.parse(line) as { msg: string }).msg),
      },
    };
    await using server = await serve({ logger });
    for (const path of ['/items/', '/items/', '/nowhere'])
      expect((await call(server, path, preflight)).status).toBeGreaterThanOrEqual(400);
    expect(lines).toEqual([
      `The preflight for /items/ from ${SHOP} was refused: cors({ origins: ['${SHOP}'] }) in middleware lets its pages call`,
    ]);
  });

  test('gotcha 78: a preflight, which has no credentials, is answered before a guard sees it', async () => {
    const guard = dependency(() => {
      throw new HTTPException(401);
    });
    @Controller('/private', { dependencies: [Security(guard)] })
    class Private {
      @Get('/')
      read(): null {
        return null;
      }
    }
    await using server = await listening(
      new Vivace({ controllers: [Private], middleware: [cors({ origins: [SHOP] })] }),
    );
    expect((await call(server, '/private/', preflight)).status).toBe(200);
    const refused = await call(server, '/private/', { headers: { origin: SHOP } });
    expect([refused.status, refused.headers['access-control-allow-origin']]).toEqual([401, SHOP]);
  });

  test('gotcha 79: a body that middleware has read is still there for the handler', async () => {
    const bodies: string[] = [];
    const audit: Middleware = async (request, next) => {
      bodies.push(await request.text());
      return next();
    };
    await using server = await serve({ middleware: [audit, audit] });
    const { status, json } = await call(server, '/items/', {
      method: 'POST',
      body: '{"name":"saw"}',
      headers: { 'content-type': 'application/json' },
    });
    expect([status, json, bodies]).toEqual([200, 'saw', ['{"name":"saw"}', '{"name":"saw"}']]);
  });

  test('gotcha 80: middleware keeps AsyncLocalStorage and streams as they are', async () => {
    const tenant = new AsyncLocalStorage<string>();
    const scoped: Middleware = ({ headers }, next) =>
      tenant.run(headers.get('x-tenant') ?? '', next);
    let release = (): void => {};
    @Controller()
    class Tenants {
      @Get('/tenant')
      async read(): Promise<string | undefined> {
        await Promise.resolve();
        return tenant.getStore();
      }
      @Get('/stream')
      stream(): StreamingResponse {
        return new StreamingResponse(held());
      }
    }
    async function* held(): AsyncGenerator<string> {
      yield 'first';
      await new Promise<void>((resolve) => (release = resolve));
      yield 'second';
    }
    await using server = await listening(
      new Vivace({ controllers: [Tenants], middleware: [scoped] }),
    );
    const names = ['a', 'b', 'c'];
    const answers = await Promise.all(
      names.map((name) => call(server, '/tenant', { headers: { 'x-tenant': name } })),
    );
    expect(answers.map(({ json }) => json)).toEqual(names);
    const response = await opened(server, '/stream');
    expect(String((await once(response, 'data'))[0])).toBe('first');
    release();
    expect(String((await once(response, 'data'))[0])).toBe('second');
  });

  test('gotcha 90: data that only one process sees is an error at boot in one of several workers', async () => {
    const build = async (workers: number, ...middleware: Middleware[]): Promise<void> => {
      await using _server = await new Vivace({ controllers: [Items], middleware }).build({
        workers,
      });
    };
    const memory = [
      rateLimit({ limit: 1, seconds: 1 }),
      sessions({ secret, store: memoryStore() }),
    ];
    await expect(build(2, ...memory)).rejects.toThrow(
      '[STORE_IN_CLUSTER] The data of rateLimit and sessions is',
    );
    await build(1, ...memory);
    const shared = { ...memoryStoreFunctions(), shared: true };
    await build(
      2,
      rateLimit({ limit: 1, seconds: 1, store: shared }),
      sessions({ secret }),
      cors({ origins: '*' }),
    );
  });

  test('gotcha 92: a made-up Host is refused, and never stands in a redirect', async () => {
    await using server = await serve({ middleware: [trustedHosts(['shop.example'])] });
    expect((await call(server, '/items/', { headers: { host: 'evil.example' } })).status).toBe(400);
    await using open = await serve();
    expect(
      (await call(open, '/items', { headers: { host: 'evil.example' } })).headers.location,
    ).toBe('/items/');
  });

  test('gotcha 95: one line makes browsers stricter, and the pages of the documentation go on to work', async () => {
    await using server = await serve({ middleware: [securityHeaders()] });
    const { headers } = await call(server, '/items/');
    expect([
      headers['x-content-type-options'],
      headers['x-frame-options'],
      headers['strict-transport-security'],
    ]).toEqual(['nosniff', 'DENY', 'max-age=31536000; includeSubDomains']);
    const docs = await call(server, '/docs');
    expect([docs.headers['x-frame-options'], docs.headers['content-security-policy']]).toEqual([
      'DENY',
      expect.stringMatching(/script-src 'self' 'sha256-[\w+/=]+';.*frame-ancestors 'none'/),
    ]);
  });

  test('gotcha 98: nobody can read what a session cookie holds', async () => {
    @Controller('/login')
    class Login {
      @Post('/')
      login(session: WebSession<{ user: string }>): null {
        session.data.user = 'ann';
        return null;
      }
    }
    await using client = await testClient(
      new Vivace({ controllers: [Login], middleware: [sessions({ secret })] }),
    );
    await client.post('/login/');
    const cookie = client.cookies.get('session')!;
    expect([cookie.includes('ann'), Buffer.from(cookie, 'base64url').includes('ann')]).toEqual([
      false,
      false,
    ]);
  });
});

function memoryStoreFunctions() {
  const store = memoryStore();
  return {
    get: (key: string) => store.get(key),
    set: (key: string, value: string, options?: { seconds?: number }) =>
      store.set(key, value, options),
    replace: (key: string, value: string, options?: { seconds?: number }) =>
      store.replace(key, value, options),
    setIfAbsent: (key: string, value: string, options?: { seconds?: number }) =>
      store.setIfAbsent(key, value, options),
    delete: (key: string) => store.delete(key),
    increment: (key: string, by: number, seconds: number) => store.increment(key, by, seconds),
  };
}
