import type { Browser } from 'playwright-core';
import { Controller, Get, Reply, Vivace, type Server } from 'vivace';
import { memoryStore, WebSession, sessions, type SessionsOptions } from 'vivace/middleware';
import { executable, launch } from './browser';

type Options = Parameters<Reply['setCookie']>[2];

/** Names and attributes that browsers hold to rules. */
const COOKIES: Readonly<Record<string, readonly [name: string, options: Options]>> = {
  'a plain cookie': ['plain', {}],
  'a cookie of a path': ['path', { path: '/cookies' }],
  'a secure cookie': ['secure', { secure: true, httpOnly: true }],
  'a strict cookie': ['strict', { sameSite: 'strict' }],
  'a cookie for other sites': ['none', { sameSite: 'none', secure: true }],
  'a cookie of this host': ['__Host-id', { secure: true, httpOnly: true }],
  'a secure cookie by its name': ['__Secure-id', { secure: true }],
  'a cookie that no script sees, by its name': ['__Http-id', { secure: true, httpOnly: true }],
  'a partitioned cookie': ['parted', { sameSite: 'none', secure: true, partitioned: true }],
  'a partitioned cookie of this host': [
    '__Host-parted',
    { sameSite: 'none', secure: true, partitioned: true },
  ],
};
const SESSIONS: Readonly<Record<string, Partial<SessionsOptions>>> = {
  'in a plain cookie': {},
  'in a cookie of this host': { cookie: '__Host-sid' },
  'in a secure cookie by its name': { cookie: '__Secure-sid' },
  'for other sites': { sameSite: 'none' },
  'for each embedding site': { sameSite: 'none', partitioned: true },
  'in a store': { store: memoryStore(), cookie: '__Host-sid', sameSite: 'strict' },
};

@Controller('/cookies')
class Cookies {
  @Get('/set/:name')
  set(name: string, reply: Reply): string {
    reply.setCookie(COOKIES[name]![0], 'value', COOKIES[name]![1]);
    return 'set';
  }
  @Get('/delete/:name')
  delete(name: string, reply: Reply): string {
    reply.deleteCookie(COOKIES[name]![0], COOKIES[name]![1]);
    return 'deleted';
  }
  @Get('/forget/:name')
  forget(name: string, reply: Reply): string {
    reply.deleteCookie(COOKIES[name]![0]);
    return 'deleted';
  }
}

@Controller('/session')
class Visits {
  @Get('/login')
  login(session: WebSession<{ user: string }>): string {
    session.data.user = 'ann';
    return 'in';
  }
  @Get('/logout')
  async logout(session: WebSession<{ user: string }>): Promise<string> {
    await session.destroy();
    return 'out';
  }
}

const inBrowser =
  executable === undefined && process.env['CI'] === undefined ? describe.skip : describe;

inBrowser('a browser', () => {
  let server: Server;
  let browser: Browser;
  beforeAll(async () => {
    const app = new Vivace({ controllers: [Cookies] });
    for (const [index, options] of Object.values(SESSIONS).entries())
      app.mount(
        `/${index}`,
        new Vivace({
          controllers: [Visits],
          middleware: [sessions({ secret: 'x'.repeat(32), ...options })],
        }),
      );
    server = await app.listen({ port: 0, handleSignals: false });
    browser = await launch();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  }, 60_000);

  /** How many cookies the browser has after each of some addresses. */
  const visit = async (...paths: readonly string[]): Promise<number[]> => {
    const context = await browser.newContext();
    try {
      const page = await context.newPage();
      const counts: number[] = [];
      for (const path of paths) {
        const response = await page.goto(`${server.url}${path}`);
        expect([path, response!.status()]).toEqual([path, 200]);
        counts.push((await context.cookies()).length);
      }
      return counts;
    } finally {
      await context.close();
    }
  };

  it.each(Object.keys(COOKIES))('keeps %s, and forgets it when it is deleted', async (name) => {
    const at = encodeURIComponent(name);
    expect(await visit(`/cookies/set/${at}`, `/cookies/delete/${at}`)).toEqual([1, 0]);
  });

  it.each(Object.keys(COOKIES).filter((name) => /by its name|of this host$|plain/.test(name)))(
    'forgets %s by its name alone',
    async (name) => {
      const at = encodeURIComponent(name);
      const counts = await visit(`/cookies/set/${at}`, `/cookies/forget/${at}`);
      expect(counts).toEqual(name.includes('partitioned') ? [1, 1] : [1, 0]);
    },
  );

  it.each(Object.keys(SESSIONS).map((name, index) => [name, index]))(
    'forgets a session %s when it is destroyed',
    async (_, index) => {
      expect(await visit(`/${index}/session/login`, `/${index}/session/logout`)).toEqual([1, 0]);
    },
  );
});
