import * as fc from 'fast-check';
import { Controller, Get, HTTPException, Post, Request, Vivace, type Server } from 'vivace';
import { memoryStore, WebSession, sessions, type SessionsOptions } from 'vivace/middleware';
import { PlainTextResponse, StreamingResponse } from 'vivace/responses';
import { testClient, type TestClient } from 'vivace/testing';
import { failingStore } from '../../tests/failing-store';
import { call, listening } from '../../tests/http';

interface Visit {
  user: string;
  count: number;
}
const secret = 'q8Yx2mR7tN4vB9cK1zL6wE3pS5dF0gHj';

@Controller('/visits')
class Visits {
  @Get('/')
  read(session: WebSession<Visit>): Partial<Visit> {
    return session.data;
  }
  @Post('/')
  count(session: WebSession<Visit>): number {
    session.data.count = (session.data.count ?? 0) + 1;
    return session.data.count;
  }
  @Post('/login')
  async login(session: WebSession<Visit>): Promise<null> {
    await session.regenerate();
    session.data.user = 'ann';
    return null;
  }
  @Post('/logout')
  async logout(session: WebSession<Visit>): Promise<null> {
    await session.destroy();
    return null;
  }
  @Post('/refused')
  refused(session: WebSession<Visit>): never {
    session.data.count = 100;
    throw new HTTPException(400, 'but kept');
  }
  @Post('/broken')
  broken(session: WebSession<Visit>): never {
    session.data.count = 1000;
    throw new Error('boom');
  }
  @Post('/large')
  large(session: WebSession<{ text: string }>): null {
    session.data.text = 'x'.repeat(5000);
    return null;
  }
  @Get('/other')
  other(request: Request): PlainTextResponse {
    return new PlainTextResponse(String(request.state.session?.constructor.name));
  }
  @Post('/stream')
  stream(session: WebSession<Visit>): StreamingResponse {
    session.data.count = 7;
    return new StreamingResponse(['a', 'b']);
  }
}

const app = (options: Partial<SessionsOptions> = {}): Vivace =>
  new Vivace({ controllers: [Visits], middleware: [sessions({ secret, ...options })] });
const client = (options: Partial<SessionsOptions> = {}): Promise<TestClient> =>
  testClient(app(options), { raiseErrors: false });

describe.each([
  ['a cookie', () => ({})],
  ['a store', () => ({ store: memoryStore() })],
])('sessions in %s', (_, options) => {
  it('keep what was written from request to request', async () => {
    await using visitor = await client(options());
    expect((await visitor.get('/visits/')).json()).toEqual({});
    expect([
      (await visitor.post('/visits/')).json(),
      (await visitor.post('/visits/')).json(),
    ]).toEqual([1, 2]);
    expect((await visitor.get('/visits/')).json()).toEqual({ count: 2 });
  });

  it('are not made, and no cookie is set, until something is written', async () => {
    await using visitor = await client(options());
    const { headers } = await visitor.get('/visits/');
    expect([headers.get('set-cookie'), headers.get('vary')]).toEqual([null, 'Cookie']);
    expect((await visitor.get('/visits/other')).headers.get('vary')).toBeNull();
  });

  it('are not written again where nothing changed', async () => {
    await using visitor = await client(options());
    await visitor.post('/visits/');
    expect((await visitor.get('/visits/')).headers.get('set-cookie')).toBeNull();
  });

  it('have a cookie that scripts and other sites cannot use', async () => {
    await using visitor = await client(options());
    const cookie = (await visitor.post('/visits/')).headers.get('set-cookie')!;
    expect(cookie).toMatch(/^session=[\w-]+; Max-Age=1209600; Path=\/; HttpOnly; SameSite=lax$/);
    await using foreign = await client({ ...options(), sameSite: 'none' });
    expect((await foreign.post('/visits/')).headers.get('set-cookie')).toContain(
      'Secure; SameSite=none',
    );
  });

  it('hold nothing that the client can read, change or make up', async () => {
    await using visitor = await client(options());
    await visitor.post('/visits/login');
    const cookie = visitor.cookies.get('session')!;
    expect(Buffer.from(cookie, 'base64url').toString('latin1')).not.toContain('ann');
    const flipped = cookie.slice(0, -2) + (cookie.endsWith('AA') ? 'BB' : 'AA');
    for (const made of [
      flipped,
      '',
      'x',
      cookie.slice(0, 10),
      'eyJ1c2VyIjoiYW5uIn0',
      `${cookie}AAAA`,
    ]) {
      visitor.cookies.set('session', made);
      const { status, text } = await visitor.get('/visits/');
      expect([made, status, text]).toEqual([made, 200, '{}']);
    }
  });

  it('end with destroy: the client is told to forget the cookie', async () => {
    await using visitor = await client(options());
    await visitor.post('/visits/login');
    await visitor.post('/visits/logout');
    expect(visitor.cookies.has('session')).toBe(false);
    expect((await visitor.get('/visits/')).json()).toEqual({});
  });

  it('are kept with the answer to an HTTP error, and not where the program fails', async () => {
    await using visitor = await client(options());
    await visitor.post('/visits/refused');
    expect((await visitor.get('/visits/')).json()).toEqual({ count: 100 });
    expect((await visitor.post('/visits/broken')).status).toBe(500);
    expect((await visitor.get('/visits/')).json()).toEqual({ count: 100 });
  });

  it('are kept before a stream begins', async () => {
    await using visitor = await client(options());
    expect((await visitor.post('/visits/stream')).text).toBe('ab');
    expect((await visitor.get('/visits/')).json()).toEqual({ count: 7 });
  });

  it('take a new secret without losing those of the old one', async () => {
    const given = options();
    await using before = await client(given);
    await before.post('/visits/login');
    await using after = await client({
      ...given,
      secret: ['a-new-secret-of-thirty-two-bytes-or-so', secret],
    });
    after.cookies.set('session', before.cookies.get('session')!);
    expect((await after.get('/visits/')).json()).toEqual({ user: 'ann' });
    await using other = await client({
      ...given,
      secret: 'another-secret-of-thirty-two-bytes-or-so',
    });
    other.cookies.set('session', before.cookies.get('session')!);
    expect((await other.get('/visits/')).json()).toEqual({});
  });
});

describe('sessions in a store', () => {
  it('cannot be used after logout, nor under their old id after login', async () => {
    const store = memoryStore();
    await using visitor = await client({ store });
    await visitor.post('/visits/');
    const before = visitor.cookies.get('session')!;
    await visitor.post('/visits/login');
    const after = visitor.cookies.get('session')!;
    await visitor.post('/visits/logout');
    for (const cookie of [before, after]) {
      visitor.cookies.set('session', cookie);
      expect((await visitor.get('/visits/')).json()).toEqual({});
    }
  });

  it('keep their data when they get a new id', async () => {
    await using visitor = await client({ store: memoryStore() });
    await visitor.post('/visits/');
    await visitor.post('/visits/login');
    expect((await visitor.get('/visits/')).json()).toEqual({ count: 1, user: 'ann' });
  });

  it('may be larger than a cookie, which is an error otherwise', async () => {
    await using kept = await client({ store: memoryStore() });
    expect((await kept.post('/visits/large')).status).toBe(200);
    await using cookie = await testClient(app());
    await expect(cookie.post('/visits/large')).rejects.toThrow(
      'a cookie holds 3800: keep less, or sessions({ store })',
    );
  });

  it('answer 503 while the store fails: nobody is taken for somebody without a session', async () => {
    await using working = await client({ store: memoryStore() });
    await working.post('/visits/');
    await using visitor = await client({ store: failingStore });
    expect((await visitor.get('/visits/')).status).toBe(200);
    expect((await visitor.post('/visits/')).status).toBe(503);
    visitor.cookies.set('session', working.cookies.get('session')!);
    expect((await visitor.get('/visits/')).status).toBe(503);
  });
});

describe('a session that was destroyed', () => {
  @Controller('/site')
  class Site {
    @Post('/login')
    async login(session: WebSession<Visit>): Promise<null> {
      await session.regenerate();
      session.data.user = 'ann';
      return null;
    }
    @Post('/write')
    write(session: WebSession<Visit>): number {
      return (session.data.count = (session.data.count ?? 0) + 1);
    }
    @Post('/renew')
    async renew(session: WebSession<Visit>): Promise<null> {
      await session.regenerate();
      session.data.count = 1;
      return null;
    }
    @Post('/read')
    read(session: WebSession<Visit>): string | null {
      return session.data.user ?? null;
    }
    @Post('/logout')
    async logout(session: WebSession<Visit>): Promise<null> {
      await session.destroy();
      return null;
    }
    @Post('/leave')
    async leave(session: WebSession<Visit>): Promise<null> {
      await session.destroy();
      session.data.count = 0;
      return null;
    }
    @Post('/empty')
    empty(session: WebSession<Visit>): null {
      delete session.data.user;
      delete session.data.count;
      return null;
    }
  }
  const cookieOf = (headers: Headers): string | undefined =>
    /^session=([^;]+)/.exec(headers.get('set-cookie') ?? '')?.[1];

  it('stays destroyed, in whatever order what is under way reaches the store', async () => {
    const requests = fc.record({
      ends: fc.constantFrom('logout', 'leave', 'empty'),
      others: fc.array(fc.constantFrom('write', 'renew', 'read', 'logout', 'leave'), {
        minLength: 1,
        maxLength: 4,
      }),
      scheduler: fc.scheduler(),
    });
    let memory = memoryStore();
    let scheduled: fc.Scheduler | undefined;
    const store = new Proxy(memory, {
      get: (_, name) => {
        const member: unknown = Reflect.get(memory, name, memory);
        if (typeof member !== 'function') return member;
        const ask = async (...values: unknown[]): Promise<unknown> =>
          Reflect.apply(member, memory, values) as unknown;
        return scheduled === undefined ? ask : scheduled.scheduleFunction(ask);
      },
    });
    await using visitor = await testClient(
      new Vivace({ controllers: [Site], middleware: [sessions({ secret, store })] }),
    );
    const send = (path: string, session: string) =>
      visitor.post(`/site/${path}`, { cookies: { session } });
    const check = fc.asyncProperty(requests, async ({ ends, others, scheduler }) => {
      memory = memoryStore();
      visitor.cookies.clear();
      const first = cookieOf((await visitor.post('/site/login')).headers)!;
      scheduled = scheduler;
      const answers = await scheduler.waitFor(
        Promise.all([ends, ...others].map((path) => send(path, first))),
      );
      scheduled = undefined;
      const given = answers.flatMap(({ headers }) => cookieOf(headers) ?? []);
      for (const cookie of [first, ...given])
        expect((await send('read', cookie)).json()).toBeNull();
    });
    await fc.assert(check, { seed: 5, numRuns: 60 });
  });

  it('takes no new login with it: a request with the old cookie does not take the new one back', async () => {
    await using visitor = await testClient(
      new Vivace({ controllers: [Site], middleware: [sessions({ secret, store: memoryStore() })] }),
    );
    const first = cookieOf((await visitor.post('/site/login')).headers)!;
    await visitor.post('/site/logout');
    const late = await visitor.post('/site/read', { cookies: { session: first } });
    expect([late.json(), late.headers.get('set-cookie')]).toEqual([null, null]);
  });
});

describe('the time of sessions', () => {
  beforeEach(
    () =>
      void jest.useFakeTimers({
        now: 0,
        doNotFake: [
          'nextTick',
          'setImmediate',
          'setTimeout',
          'clearTimeout',
          'setInterval',
          'queueMicrotask',
        ],
      }),
  );
  afterEach(() => void jest.useRealTimers());

  it.each([
    ['a cookie', undefined],
    ['a store', memoryStore()],
  ])('in %s ends after maxAge without use, and begins anew with use', async (_, store) => {
    await using visitor = await client({ maxAge: 100, ...(store && { store }) });
    await visitor.post('/visits/');
    jest.advanceTimersByTime(60_000);
    expect((await visitor.get('/visits/')).headers.get('set-cookie')).toContain('Max-Age=100');
    jest.advanceTimersByTime(60_000);
    expect((await visitor.get('/visits/')).json()).toEqual({ count: 1 });
    const cookie = visitor.cookies.get('session')!;
    jest.advanceTimersByTime(101_000);
    visitor.cookies.set('session', cookie);
    expect((await visitor.get('/visits/')).json()).toEqual({});
  });
});

describe('sessions and other sites', () => {
  let server: Server;
  beforeAll(
    async () =>
      void (server = await listening(app({ csrf: { origins: ['https://partner.example'] } }))),
  );
  afterAll(() => server.close());
  const status = async (headers: Record<string, string>, method = 'POST', path = '/visits/') =>
    (await call(server, path, { method, headers })).status;

  it('a page of another site cannot write', async () => {
    expect(await status({ 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' })).toBe(
      403,
    );
    expect(
      await status({ 'sec-fetch-site': 'same-site', origin: 'https://blog.shop.example' }),
    ).toBe(403);
    expect(await status({ origin: 'https://evil.example', host: 'shop.example' })).toBe(403);
    expect(await status({ origin: 'null' })).toBe(403);
  });

  it('the own pages, named partners, and clients that are no browsers can', async () => {
    expect(await status({ 'sec-fetch-site': 'same-origin', origin: 'https://shop.example' })).toBe(
      200,
    );
    expect(await status({ 'sec-fetch-site': 'none' })).toBe(200);
    expect(await status({ origin: 'http://shop.example', host: 'shop.example' })).toBe(200);
    expect(
      await status({ 'sec-fetch-site': 'cross-site', origin: 'https://partner.example' }),
    ).toBe(200);
    expect(await status({})).toBe(200);
  });

  it('reading is up to cors', async () => {
    expect(
      await status({ 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }, 'GET'),
    ).toBe(200);
  });

  it('can be switched off', async () => {
    await using open = await listening(app({ csrf: false }));
    expect(
      (
        await call(open, '/visits/', {
          method: 'POST',
          headers: { origin: 'https://evil.example' },
        })
      ).status,
    ).toBe(200);
  });
});

describe('the secret of sessions', () => {
  const environment = process.env['NODE_ENV'];
  afterEach(() => void (process.env['NODE_ENV'] = environment));

  it.each(['short', 'x'.repeat(64)])('has to be hard to guess in production: not %s', (weak) => {
    expect(() => sessions({ secret: weak })).not.toThrow();
    process.env['NODE_ENV'] = 'production';
    expect(() => sessions({ secret: [secret, weak] })).toThrow(
      /SESSION_SECRET.*sessions\.test\.ts:\d+/s,
    );
    expect(() => sessions({ secret })).not.toThrow();
  });
});
