import { ArrayMaxSize } from 'class-validator';
import { Controller, Cookie, Get, Header, int, Query, Vivace, type Server } from 'vivace';
import { testClient, type TestClient } from 'vivace/testing';
import { Wire } from './raw';

class Search {
  @ArrayMaxSize(10) tags: string[] = [];
}

@Controller()
class Api {
  @Get('/items/:id')
  item(id: int): int {
    return id;
  }
  @Get('/names/:name')
  name(name: string): string {
    return name;
  }
  @Get('/q')
  query(q?: string, limit: int = 10, flag = false, kind: 'a' | 'b' = 'a'): unknown[] {
    return [q ?? null, limit, flag, kind];
  }
  @Get('/search')
  search(@Query() search: Search): string[] {
    return search.tags;
  }
  @Get('/header')
  header(@Header() x_count: int): int {
    return x_count;
  }
  @Get('/cookie')
  cookie(@Cookie() c0 = 'none'): string {
    return c0;
  }
  @Get('/slash/')
  slash(): null {
    return null;
  }
}

let client: TestClient;
beforeAll(async () => {
  client = await testClient(new Vivace({ controllers: [Api] }), { followRedirects: false });
});
afterAll(() => client.close());

async function statusOf(url: string, headers: Record<string, string> = {}): Promise<number> {
  return (await client.get(url, { headers })).status;
}
async function answerOf(url: string): Promise<unknown> {
  return (await client.get(url)).json();
}

describe('an integer of the path', () => {
  it.each([
    '0x10',
    '1e3',
    '1_000',
    '%EF%BC%91',
    'Infinity',
    'NaN',
    '%201',
    '1%20',
    '%0A1',
    '1%00',
    '--1',
    '1.5',
    '',
    '..%2f..%2fetc',
  ])('P02–P07, P20, P26 is none of the many other ways to write a number: "%s"', async (text) => {
    expect([404, 422]).toContain(await statusOf(`/items/${text}`));
  });

  it('P08 beyond those that JavaScript knows is refused, not rounded', async () => {
    await expect(statusOf('/items/9007199254740993')).resolves.toBe(422);
    await expect(answerOf('/items/9007199254740991')).resolves.toBe(9_007_199_254_740_991);
  });

  it('P09 of 400 digits is refused with a small answer', async () => {
    const response = await client.get(`/items/${'9'.repeat(400)}`);
    expect(response.status).toBe(422);
    expect(response.body.length).toBeLessThan(1000);
  });
});

describe('a query', () => {
  it('P11 with several values for one gives the last, never a list', async () => {
    await expect(answerOf('/q?limit=5&limit=9')).resolves.toEqual([null, 9, false, 'a']);
  });

  it('P13 has no objects', async () => {
    await expect(answerOf('/q?q[a]=1&q[]=2&q.b=3&__proto__[x]=1')).resolves.toEqual([
      null,
      10,
      false,
      'a',
    ]);
    expect(({} as { x?: unknown }).x).toBeUndefined();
  });

  it('P16 has no longer list than its model allows', async () => {
    await expect(statusOf(`/search?${'tags=a&'.repeat(500)}`)).resolves.toBe(422);
    await expect(answerOf(`/search?${'tags=a&'.repeat(10)}`)).resolves.toHaveLength(10);
  });

  it.each([
    'flag=maybe',
    'flag=2',
    'flag=[]',
    'flag=',
    'kind=A',
    'kind=toString',
    'kind=__proto__',
    'limit=',
    'limit=%20',
    'limit=0x1',
  ])('P22, P25, P33 is not guessed at: %s', async (query) => {
    await expect(statusOf(`/q?${query}`)).resolves.toBe(422);
  });

  it('P17, P20 may have malformed escapes and NUL in its texts', async () => {
    for (const text of ['%zz', '%', '%u0041', 'a%00b', '%ff'])
      await expect(statusOf(`/q?q=${text}`)).resolves.toBe(200);
  });

  it('P30 brings its texts as they were sent', async () => {
    for (const text of ['ﬁ', 'e\u0301', '\u05d0\u202e', '👩‍👩‍👧', '+&=#%', '\ufeff'])
      await expect(answerOf(`/q?q=${encodeURIComponent(text)}`)).resolves.toEqual([
        text,
        10,
        false,
        'a',
      ]);
  });
});

describe('headers and cookies', () => {
  it('P31 of a type are checked', async () => {
    await expect(statusOf('/header', { 'x-count': 'abc' })).resolves.toBe(422);
    await expect(statusOf('/header', { 'x-count': '3' })).resolves.toBe(200);
  });

  it('C02, C03 may be many and have any name', async () => {
    const cookie = Array.from({ length: 1000 }, (_, index) => `c${index}=x${index}`).join('; ');
    const many = await client.get('/cookie', { headers: { cookie } });
    expect([many.status, many.json()]).toEqual([200, 'x0']);
    const odd = await client.get('/cookie', {
      headers: { cookie: '__proto__=x; constructor=y; c0="z"; ;=;a' },
    });
    expect([odd.status, odd.json()]).toEqual([200, 'z']);
  });
});

describe('addresses', () => {
  let server: Server;
  beforeAll(async () => {
    server = await new Vivace({ controllers: [Api] }).listen({ port: 0, handleSignals: false });
  });
  afterAll(() => server.close());

  it.each(['/names/%zz', '/names/%', '/names/%c0%af', '/names/%ed%a0%80', '/%zz?q=1', '/%'])(
    'P18, P19 that cannot be decoded are answered 400 in the format of the application: %s',
    async (target) => {
      await using wire = new Wire(server);
      const answers = await wire.send(`GET ${target} HTTP/1.1\r\nHost: a\r\n\r\n`).answers(1);
      expect(answers).toEqual([[400, '{"detail":"Bad Request"}']]);
    },
  );

  it('that cannot be decoded are answered through the middleware of the application', async () => {
    const marked = new Vivace({
      controllers: [Api],
      middleware: [
        async (_request, next) => {
          const response = await next();
          response.headers.set('x-marked', 'yes');
          return response;
        },
      ],
    });
    await using other = await marked.listen({ port: 0, handleSignals: false });
    const response = await fetch(`${other.url}/names/%zz`);
    expect([response.status, response.headers.get('x-marked')]).toEqual([400, 'yes']);
  });

  it('P28, P29 of redirects name no host that a client or an unknown proxy says', async () => {
    const forwarded =
      'X-Forwarded-Host: evil.example\r\nX-Forwarded-Proto: evil\r\nX-Forwarded-Prefix: /evil';
    await using wire = new Wire(server);
    await wire.send(`GET /slash HTTP/1.1\r\nHost: evil.example\r\n${forwarded}\r\n\r\n`).answers(1);
    expect(wire.received).toMatch(/^HTTP\/1\.1 307 [^]*\r\nlocation: \/slash\/\r\n/);
    expect(wire.received).not.toContain('evil');
  });

  it('P35 that are unknown are not repeated in the answer', async () => {
    const response = await client.get('/<script>alert(1)</script>');
    expect(response.json()).toEqual({ detail: 'Not Found' });
  });

  it('are as long as the headers may be', async () => {
    const long = 'a'.repeat(15_000);
    await expect(answerOf(`/names/${long}`)).resolves.toBe(long);
  });
});
