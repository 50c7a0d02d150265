import { Controller, dependency, Get, Post, Reply, Vivace, type Middleware } from 'vivace';
import { cache, cors, memoryStore } from 'vivace/middleware';
import { PlainTextResponse, StreamingResponse } from 'vivace/responses';
import { testClient, type TestClient } from 'vivace/testing';
import { failingStore } from '../../tests/failing-store';

let runs = 0;
let gate = Promise.resolve();
beforeEach(() => {
  runs = 0;
  gate = Promise.resolve();
});

const client = (cached: Middleware, ...outer: Middleware[]): Promise<TestClient> => {
  @Controller('/prices', { middleware: [cached] })
  class Prices {
    @Get('/')
    async read(reply: Reply, q: string = ''): Promise<string> {
      runs += 1;
      await gate;
      reply.headers.set('x-run', String(runs));
      return `${q}${runs}`;
    }
    @Post('/')
    write(): number {
      return (runs += 1);
    }
    @Get('/failing')
    failing(): PlainTextResponse {
      return new PlainTextResponse(String((runs += 1)), { status: 404 });
    }
    @Get('/cookie')
    cookie(reply: Reply): number {
      reply.setCookie('a', 'b');
      return (runs += 1);
    }
    @Get('/private')
    private(reply: Reply): number {
      reply.headers.set('cache-control', 'private, max-age=10');
      return (runs += 1);
    }
    @Get('/varies')
    varies(reply: Reply): number {
      reply.headers.set('vary', 'Accept-Language');
      return (runs += 1);
    }
    @Get('/stream')
    stream(): StreamingResponse {
      return new StreamingResponse([String((runs += 1))]);
    }
  }
  return testClient(new Vivace({ controllers: [Prices], middleware: outer }));
};
const twice = async (
  shop: TestClient,
  path: string,
  headers: Record<string, string> = {},
): Promise<unknown[]> => [
  (await shop.get(path, { headers })).text,
  (await shop.get(path, { headers })).text,
];

describe('cache', () => {
  it('gives an answer again, with its headers and its age, to GET and HEAD', async () => {
    await using shop = await client(cache({ seconds: 60 }));
    const first = await shop.get('/prices/');
    const again = await shop.get('/prices/');
    expect([first.text, first.headers.get('age')]).toEqual(['"1"', null]);
    expect([again.text, again.headers.get('age'), again.headers.get('x-run')]).toEqual([
      '"1"',
      '0',
      '1',
    ]);
    expect(again.headers.get('content-type')).toBe('application/json');
    expect((await shop.request('HEAD', '/prices/')).headers.get('x-run')).toBe('1');
    expect(runs).toBe(1);
  });

  it('tells addresses apart, and hosts', async () => {
    await using shop = await client(cache({ seconds: 60 }));
    expect([await twice(shop, '/prices/'), await twice(shop, '/prices/?q=a')]).toEqual([
      ['"1"', '"1"'],
      ['"a2"', '"a2"'],
    ]);
    expect((await shop.get('/prices/', { headers: { host: 'other.example' } })).text).toBe('"3"');
  });

  it.each([
    '/prices/failing',
    '/prices/cookie',
    '/prices/private',
    '/prices/varies',
    '/prices/stream',
  ])('does not keep what %s answers', async (path) => {
    await using shop = await client(cache({ seconds: 60 }));
    expect(await twice(shop, path)).toEqual(['1', '2']);
  });

  it('does not answer other methods', async () => {
    await using shop = await client(cache({ seconds: 60 }));
    expect([(await shop.post('/prices/')).text, (await shop.post('/prices/')).text]).toEqual([
      '1',
      '2',
    ]);
  });

  it('never gives the answer of one user to another', async () => {
    await using shop = await client(cache({ seconds: 60 }));
    expect(await twice(shop, '/prices/', { authorization: 'Bearer ann' })).toEqual(['"1"', '"1"']);
    expect(await twice(shop, '/prices/', { authorization: 'Bearer bob' })).toEqual(['"2"', '"2"']);
    expect(await twice(shop, '/prices/', { cookie: 'session=ann' })).toEqual(['"3"', '"3"']);
    expect(await twice(shop, '/prices/', { cookie: 'session=bob' })).toEqual(['"4"', '"4"']);
    await using keyed = await client(
      cache({ seconds: 60, key: ({ headers }) => headers.get('authorization') ?? '' }),
    );
    expect(await twice(keyed, '/prices/', { authorization: 'Bearer ann' })).toEqual(['"5"', '"5"']);
    expect((await keyed.get('/prices/', { headers: { authorization: 'Bearer bob' } })).text).toBe(
      '"6"',
    );
  });

  it('keeps one answer for each value of the headers that answers depend on', async () => {
    await using shop = await client(cache({ seconds: 60, vary: ['Accept-Language'] }));
    expect(await twice(shop, '/prices/varies', { 'accept-language': 'cs' })).toEqual(['1', '1']);
    expect(await twice(shop, '/prices/varies', { 'accept-language': 'de' })).toEqual(['2', '2']);
  });

  it('runs the handler once for all who wait', async () => {
    let release = (): void => {};
    gate = new Promise((resolve) => (release = resolve));
    await using shop = await client(cache({ seconds: 60 }));
    const answers = Array.from({ length: 50 }, () => shop.get('/prices/'));
    await new Promise((resolve) => setImmediate(resolve));
    release();
    expect(new Set((await Promise.all(answers)).map(({ text }) => text))).toEqual(new Set(['"1"']));
  });

  it('keeps nothing of cors: each origin gets its own header', async () => {
    await using shop = await client(
      cache({ seconds: 60 }),
      cors({ origins: ['https://a.example', 'https://b.example'] }),
    );
    for (const origin of ['https://a.example', 'https://b.example'])
      expect(
        (await shop.get('/prices/', { headers: { origin } })).headers.get(
          'access-control-allow-origin',
        ),
      ).toBe(origin);
    expect(runs).toBe(1);
  });

  it('is only slower while its store fails', async () => {
    await using shop = await client(cache({ seconds: 60, store: failingStore }));
    expect(await twice(shop, '/prices/')).toEqual(['"1"', '"2"']);
  });

  it('shares a store with other servers', async () => {
    const cached = cache({ seconds: 60, store: memoryStore() });
    await using a = await client(cached);
    await using b = await client(cached);
    expect([(await a.get('/prices/')).text, (await b.get('/prices/')).text]).toEqual([
      '"1"',
      '"1"',
    ]);
  });

  it('keeps nothing of an answer that failed after its handler', async () => {
    let closing: Error | undefined = new Error('not committed');
    const transaction = dependency(async function* () {
      yield 'open';
      if (closing !== undefined) throw closing;
    });
    @Controller('/ledger', { middleware: [cache({ seconds: 60 })] })
    class Ledger {
      @Get('/', { dependencies: [transaction] })
      read(): number {
        return (runs += 1);
      }
    }
    await using shop = await testClient(new Vivace({ controllers: [Ledger] }), {
      raiseErrors: false,
    });
    expect((await shop.get('/ledger/')).status).toBe(500);
    closing = undefined;
    expect(await twice(shop, '/ledger/')).toEqual(['2', '2']);
  });

  it('says so where another middleware calls it', async () => {
    const cached = cache({ seconds: 60 });
    const sometimes: Middleware = (request, next) => cached(request, next);
    await using shop = await client(sometimes);
    await expect(shop.get('/prices/')).rejects.toThrow('belongs into a list of middleware');
  });

  it('may stand around an operation twice', async () => {
    const cached = cache({ seconds: 60 });
    await using shop = await client(cached, cached);
    expect(await twice(shop, '/prices/')).toEqual(['"1"', '"1"']);
  });

  it('gives the answer of the handler again, which middleware inside changes each time', async () => {
    const wrapping: Middleware = async (_, next) => {
      const response = await next();
      response.headers.append('x-wrapped', 'once');
      return response;
    };
    @Controller('/wrapped', { middleware: [cache({ seconds: 60 }), wrapping] })
    class Wrapped {
      @Get('/')
      read(): number {
        return (runs += 1);
      }
    }
    await using shop = await testClient(new Vivace({ controllers: [Wrapped] }));
    for (let again = 0; again < 3; again += 1)
      expect((await shop.get('/wrapped/')).headers.get('x-wrapped')).toBe('once');
    expect(runs).toBe(1);
  });

  it('leaves the response of the handler as it is, and what Reply says of it said once', async () => {
    const own = new PlainTextResponse('own');
    const seen: unknown[] = [];
    const looking: Middleware = async (_, next) => {
      const response = await next();
      seen.push(response === own, response.headers.getSetCookie());
      return response;
    };
    @Controller('/own', { middleware: [cache({ seconds: 60 }), looking] })
    class Own {
      @Get('/')
      read(reply: Reply): PlainTextResponse {
        reply.setCookie('a', 'b');
        return own;
      }
    }
    await using shop = await testClient(new Vivace({ controllers: [Own] }));
    const { headers } = await shop.get('/own/');
    expect([seen[0], headers.getSetCookie()]).toEqual([true, ['a=b; Path=/; SameSite=lax']]);
  });
});
