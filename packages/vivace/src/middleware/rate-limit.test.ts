import { Controller, Get, Post, Vivace, type Middleware, type Server } from 'vivace';
import { cors, memoryStore, rateLimit } from 'vivace/middleware';
import { testClient } from 'vivace/testing';
import { failingStore } from '../../tests/failing-store';
import { call, listening } from '../../tests/http';

const app = (limit: Middleware, ...outer: Middleware[]): Vivace => {
  @Controller('/prices')
  class Prices {
    @Get('/')
    read(): number {
      return 1;
    }
    @Post('/', { middleware: [limit] })
    write(): number {
      return 2;
    }
  }
  return new Vivace({ controllers: [Prices], middleware: outer });
};
const post = (server: Server, headers: Record<string, string> = {}) =>
  call(server, '/prices/', { method: 'POST', headers });

describe('rateLimit', () => {
  it('answers 429 beyond the limit, and says when to come back', async () => {
    await using server = await listening(app(rateLimit({ limit: 2, seconds: 60 })));
    const first = await post(server);
    expect(first.headers).toMatchObject({
      'ratelimit-limit': '2',
      'ratelimit-remaining': '1',
      'ratelimit-reset': '60',
    });
    expect((await post(server)).headers['ratelimit-remaining']).toBe('0');
    const refused = await post(server);
    expect([refused.status, refused.json]).toEqual([429, { detail: 'Too Many Requests' }]);
    expect(refused.headers).toMatchObject({ 'retry-after': '60', 'ratelimit-remaining': '0' });
    expect((await call(server, '/prices/')).status).toBe(200);
  });

  it('begins anew after its seconds', async () => {
    jest.useFakeTimers({
      doNotFake: [
        'nextTick',
        'setImmediate',
        'setTimeout',
        'clearTimeout',
        'setInterval',
        'queueMicrotask',
      ],
    });
    try {
      await using client = await testClient(app(rateLimit({ limit: 1, seconds: 10 })));
      const statuses = async () => [
        (await client.post('/prices/')).status,
        (await client.post('/prices/')).status,
      ];
      expect(await statuses()).toEqual([200, 429]);
      jest.advanceTimersByTime(10_001);
      expect(await statuses()).toEqual([200, 429]);
    } finally {
      jest.useRealTimers();
    }
  });

  it('counts by address, an IPv6 network as one, or by what the program says', async () => {
    const limited = app(rateLimit({ limit: 1, seconds: 60 }));
    const from = async (...ips: readonly string[]): Promise<number[]> => {
      const statuses: number[] = [];
      const server = await limited.build();
      for (const remoteAddress of ips)
        statuses.push(
          (await server.fastify.inject({ method: 'POST', url: '/prices/', remoteAddress }))
            .statusCode,
        );
      await server.close();
      return statuses;
    };
    expect(await from('192.0.2.1', '192.0.2.2', '192.0.2.1')).toEqual([200, 200, 429]);
    expect(
      await from(
        '2001:db8:0:1::1',
        '2001:db8:0:1:ffff::2',
        '2001:db8:0:2::1',
        '2001:0db8::1',
        '2001:db8:0:0:1::',
      ),
    ).toEqual([200, 429, 200, 200, 429]);
    expect(await from('::ffff:192.0.2.9', '192.0.2.9')).toEqual([200, 429]);
    // Some proxies write the port, too, which is another one with each connection.
    expect(
      await from(
        '192.0.2.7:4001',
        '192.0.2.7:4002',
        '[2001:db8:9::1]:4001',
        '[2001:db8:9::2]:4002',
      ),
    ).toEqual([200, 429, 200, 429]);
    await using byUser = await listening(
      app(rateLimit({ limit: 1, seconds: 60, key: ({ headers }) => headers.get('x-user') ?? '' })),
    );
    expect([
      (await post(byUser, { 'x-user': 'ann' })).status,
      (await post(byUser, { 'x-user': 'bob' })).status,
    ]).toEqual([200, 200]);
  });

  it('keeps the counts of limiters in one store apart, and those of one limiter together in two servers', async () => {
    const store = memoryStore();
    const limits = [
      rateLimit({ limit: 1, seconds: 60, store, name: 'a' }),
      rateLimit({ limit: 1, seconds: 60, store, name: 'b' }),
    ] as const;
    await using a = await listening(app(limits[0]));
    await using b = await listening(app(limits[1]));
    await using again = await listening(app(limits[0]));
    expect([(await post(a)).status, (await post(b)).status, (await post(again)).status]).toEqual([
      200, 200, 429,
    ]);
  });

  it('stands inside cors: pages can read that they have to wait', async () => {
    await using server = await listening(
      app(rateLimit({ limit: 0, seconds: 60 }), cors({ origins: ['https://shop.example'] })),
    );
    const { status, headers } = await post(server, { origin: 'https://shop.example' });
    expect([status, headers['access-control-allow-origin']]).toEqual([429, 'https://shop.example']);
  });

  it('lets requests through while its store fails, or refuses them where that is worse', async () => {
    await using open = await listening(
      app(rateLimit({ limit: 1, seconds: 60, store: failingStore })),
    );
    expect((await post(open)).status).toBe(200);
    await using closed = await listening(
      app(rateLimit({ limit: 1, seconds: 60, store: failingStore, whenStoreFails: 'refuse' })),
    );
    const { status, headers } = await post(closed);
    expect([status, headers['retry-after']]).toEqual([503, '1']);
  });

  it('stands in the document of the operations inside', async () => {
    const limited = app(rateLimit({ limit: 2, seconds: 60 }));
    const { paths, components } = await limited.openapi();
    expect(Object.keys((paths['/prices/']!['get'] as { responses: object }).responses)).toEqual([
      '200',
    ]);
    const { responses } = paths['/prices/']!['post'] as {
      responses: Record<string, { headers: object }>;
    };
    expect(responses['429']).toEqual({
      description: 'Too Many Requests',
      headers: expect.objectContaining({
        'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer' } },
      }),
      content: { 'application/json': { schema: { $ref: '#/components/schemas/HTTPError' } } },
    });
    expect(components!.schemas).toHaveProperty('HTTPError');
    await using server = await listening(limited);
    await post(server);
    await post(server);
    const { headers } = await post(server);
    expect(Object.keys(headers)).toEqual(
      expect.arrayContaining(
        Object.keys(responses['429']!.headers).map((name) => name.toLowerCase()),
      ),
    );
    const around = app(rateLimit({ limit: 2, seconds: 60 })).use(
      rateLimit({ limit: 9, seconds: 60 }),
    );
    expect((await around.openapi()).paths['/prices/']!['get']).toMatchObject({
      responses: { 429: { description: 'Too Many Requests' } },
    });
  });
});
