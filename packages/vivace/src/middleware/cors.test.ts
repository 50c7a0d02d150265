import { Controller, Get, HTTPException, Post, Vivace, type Middleware, type Server } from 'vivace';
import { cors } from 'vivace/middleware';
import { call, listening } from '../../tests/http';

const SHOP = 'https://shop.example';
const EVIL = 'https://evil.example';

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
  @Get('/gone')
  gone(): never {
    throw new HTTPException(404);
  }
  @Get('/broken')
  broken(): never {
    throw new Error('boom');
  }
}

const app = (...middleware: Middleware[]): Vivace =>
  new Vivace({ controllers: [Items], middleware });
const preflight = (origin: string, more: Record<string, string> = {}) => ({
  method: 'OPTIONS',
  headers: { origin, 'access-control-request-method': 'POST', ...more },
});

describe('cors for named origins', () => {
  let server: Server;
  beforeAll(async () => {
    server = await listening(
      app(
        cors({
          origins: [SHOP, /https:\/\/\w+\.shop\.example/],
          credentials: true,
          headers: ['X-Token'],
          exposeHeaders: ['X-Total'],
        }),
      ),
    );
  });
  afterAll(() => server.close());

  it('lets their pages read answers, and tells caches that answers vary by origin', async () => {
    const { headers, json } = await call(server, '/items/', { headers: { origin: SHOP } });
    expect(json).toEqual(['hammer']);
    expect(headers).toMatchObject({
      'access-control-allow-origin': SHOP,
      'access-control-allow-credentials': 'true',
      'access-control-expose-headers': 'X-Total',
      vary: 'Origin',
    });
    const bare = await call(server, '/items/');
    expect([bare.headers['access-control-allow-origin'], bare.headers.vary]).toEqual([
      undefined,
      'Origin',
    ]);
  });

  it.each([
    [404, 'GET', '/items/gone'],
    [404, 'GET', '/nowhere'],
    [405, 'DELETE', '/items/'],
    [422, 'POST', '/items/'],
    [500, 'GET', '/items/broken'],
  ])('lets them read a %d, too', async (status, method, path) => {
    const answer = await call(server, path, { method, headers: { origin: SHOP } });
    expect([answer.status, answer.headers['access-control-allow-origin']]).toEqual([status, SHOP]);
  });

  it.each([
    EVIL,
    'null',
    `${SHOP}.evil.example`,
    'https://evil-shop.example',
    'http://shop.example',
    `${SHOP}:8443`,
    'https://a.shop.example.evil',
  ])('tells the pages of %s nothing', async (origin) => {
    const { headers } = await call(server, '/items/', { headers: { origin } });
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    const asked = await call(server, '/items/', preflight(origin));
    expect([asked.status, asked.text, asked.headers['access-control-allow-origin']]).toEqual([
      400,
      'Disallowed CORS origin',
      undefined,
    ]);
  });

  it('answers a preflight before the operation, whatever stands at the path', async () => {
    for (const path of ['/items/', '/nowhere']) {
      const { status, text, headers } = await call(
        server,
        path,
        preflight('https://a.shop.example', { 'access-control-request-headers': 'x-token' }),
      );
      expect([status, text]).toEqual([200, 'OK']);
      expect(headers).toMatchObject({
        'access-control-allow-origin': 'https://a.shop.example',
        'access-control-allow-headers':
          'Accept, Accept-Language, Content-Language, Content-Type, X-Token',
        'access-control-max-age': '600',
      });
    }
  });

  it('refuses headers and methods that are not allowed', async () => {
    const headers = await call(
      server,
      '/items/',
      preflight(SHOP, { 'access-control-request-headers': 'content-type, x-other' }),
    );
    expect([headers.status, headers.text]).toEqual([400, 'Disallowed CORS headers']);
    const method = await call(
      server,
      '/items/',
      preflight(SHOP, { 'access-control-request-method': 'BREW' }),
    );
    expect([method.status, method.text]).toEqual([400, 'Disallowed CORS method']);
    const network = await call(
      server,
      '/items/',
      preflight(SHOP, { 'access-control-request-private-network': 'true' }),
    );
    expect([network.status, network.text]).toEqual([400, 'Disallowed CORS private-network']);
  });

  it('survives a preflight that asks for two thousand headers', async () => {
    const names = Array.from({ length: 2000 }, (_, index) => `x-${index}`).join(',');
    expect(
      (await call(server, '/items/', preflight(SHOP, { 'access-control-request-headers': names })))
        .status,
    ).toBe(400);
  });

  it('leaves an OPTIONS request alone that is no preflight', async () => {
    expect(
      (await call(server, '/items/', { method: 'OPTIONS', headers: { origin: SHOP } })).status,
    ).toBe(405);
  });
});

describe('cors for a pattern', () => {
  it.each([
    [
      /\.shop\.example$/,
      ['https://a.shop.example', 'https://a.b.shop.example'],
      ['https://shop.example', 'https://a-shop.example'],
    ],
    [
      /shop\.example/g,
      ['https://shop.example', 'https://a.shop.example'],
      ['https://evilshop.example', 'https://shop.example.evil.example'],
    ],
    [
      /^https:\/\/(www|www2)\.shop\.example$/,
      ['https://www.shop.example', 'https://www2.shop.example'],
      ['http://www.shop.example'],
    ],
    [/:\d+/, [], ['http://localhost:3000']],
  ])('%s means the hosts that it looks like', async (pattern, right, wrong) => {
    await using server = await listening(app(cors({ origins: pattern })));
    const allowed = async (origin: string) =>
      (await call(server, '/items/', { headers: { origin } })).headers[
        'access-control-allow-origin'
      ];
    for (const origin of [...right, ...right]) expect(await allowed(origin)).toBe(origin);
    for (const origin of wrong)
      expect([origin, await allowed(origin)]).toEqual([origin, undefined]);
  });
});

describe('cors for everyone', () => {
  it('answers with `*`, which does not vary, and mirrors the headers that are asked for', async () => {
    await using server = await listening(app(cors({ origins: '*' })));
    const { headers } = await call(server, '/items/', { headers: { origin: EVIL } });
    expect([
      headers['access-control-allow-origin'],
      headers['access-control-allow-credentials'],
      headers.vary,
    ]).toEqual(['*', undefined, undefined]);
    const asked = await call(
      server,
      '/items/',
      preflight(EVIL, { 'access-control-request-headers': 'X-Anything' }),
    );
    expect([asked.status, asked.headers['access-control-allow-headers']]).toEqual([
      200,
      'X-Anything',
    ]);
  });

  it.each([[['*']], [['https://shop.example', '*']], [[/.*/]], [[/https?:\/\/.+/]]])(
    'with credentials is refused at boot: %s',
    (origins) => {
      expect(() => cors({ origins: origins as (string | RegExp)[], credentials: true })).toThrow(
        /CORS_CREDENTIALS.*cors\.test\.ts:\d+/s,
      );
    },
  );
});

describe('cors of one controller', () => {
  it('answers the preflights of its operations, and of no others', async () => {
    @Controller('/open', { middleware: [cors({ origins: [SHOP] })] })
    class Open {
      @Get('/:id')
      read(id: string): string {
        return id;
      }
    }
    await using server = await listening(new Vivace({ controllers: [Open, Items] }));
    const get = { 'access-control-request-method': 'GET' };
    expect(
      (await call(server, '/open/1', preflight(SHOP, get))).headers['access-control-allow-origin'],
    ).toBe(SHOP);
    expect(
      (await call(server, '/open/1', { headers: { origin: SHOP } })).headers[
        'access-control-allow-origin'
      ],
    ).toBe(SHOP);
    const other = await call(server, '/items/', preflight(SHOP));
    expect([other.status, other.headers['access-control-allow-origin']]).toEqual([405, undefined]);
  });
});

describe('cors around a plain Fastify route', () => {
  it('covers it as any other', async () => {
    const plain = app(cors({ origins: [SHOP] })).plugin((fastify) =>
      fastify.get('/plain', () => ({ a: 1 })),
    );
    await using server = await listening(plain);
    expect(
      (await call(server, '/plain', { headers: { origin: SHOP } })).headers[
        'access-control-allow-origin'
      ],
    ).toBe(SHOP);
  });
});

it('what is no origin is refused at boot with the right way to write it', () => {
  expect(() => cors({ origins: ['https://shop.example/app'] })).toThrow(
    `Write instead: 'https://shop.example'`,
  );
  expect(() => cors({ origins: ['shop.example'] })).toThrow(
    `Write instead: 'https://shop.example'`,
  );
  expect(() => cors({ origins: ['app://shell', 'null', 'http://localhost:3000'] })).not.toThrow();
});
