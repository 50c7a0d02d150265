import express from 'express';
import * as fc from 'fast-check';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Controller, Get, HTTPException, Request, Vivace, type Middleware } from 'vivace';
import { accessLog } from 'vivace/middleware';
import { call, listening } from '../http';

const SECRET = 'the secret';
const folder = mkdtempSync(join(tmpdir(), 'vivace-spellings-'));
mkdirSync(join(folder, 'admin/deep'), { recursive: true });
for (const file of ['admin/secret', 'admin/deep/secret', 'open'])
  writeFileSync(join(folder, file), file === 'open' ? 'open' : SECRET);
afterAll(() => rmSync(folder, { recursive: true }));

/** What many programs do: it guards all that is below a path. */
const guard: Middleware = (request, next) => {
  if (request.path === '/admin' || request.path.startsWith('/admin/')) throw new HTTPException(401);
  return next();
};
const app = (controllers: (new () => object)[] = []): Vivace =>
  new Vivace({ controllers, middleware: [guard] });

@Controller('/admin')
class Admin {
  @Get('/secret')
  secret(): string {
    return SECRET;
  }
  @Get('/deep/:name')
  deep(name: string): string {
    return `${SECRET} of ${name}`;
  }
}
@Controller()
class Inner {
  @Get('/secret')
  secret(): string {
    return SECRET;
  }
  @Get('/deep/secret')
  deep(): string {
    return SECRET;
  }
}
const legacy = express();
legacy.get(['/admin/secret', '/admin/deep/secret'], (_, response) => void response.send(SECRET));
const inner = express();
inner.get(['/secret', '/deep/secret'], (_, response) => void response.send(SECRET));
const answerAt =
  (start: string) =>
  (request: globalThis.Request): globalThis.Response =>
    new URL(request.url).pathname.startsWith(start)
      ? new globalThis.Response(SECRET)
      : new globalThis.Response('open');

const KINDS: Readonly<Record<string, () => Vivace>> = {
  'an operation': () => app([Admin]),
  'a mounted application': () => app().mount('/admin', new Vivace({ controllers: [Inner] })),
  'a directory of files': () => app().static('/admin', join(folder, 'admin')),
  'a folder of a directory': () => app().static('/', folder),
  'a fetch handler': () => app().mount('/admin', { fetch: () => new globalThis.Response(SECRET) }),
  'a path of a fetch handler': () => app().mount('/', { fetch: answerAt('/admin/') }),
  'an Express application': () => app().mount('/admin', inner),
  'a path of an Express application': () => app().mount('/', legacy),
  'a plain Fastify route': () =>
    app().plugin((fastify) => fastify.get('/admin/*', (_, reply) => reply.send(SECRET))),
};

const plain = (letter: string): string => letter;
const hex = (letter: string): string => `%${letter.charCodeAt(0).toString(16)}`;
const upper = (letter: string): string => hex(letter).toUpperCase();
const twice = (letter: string): string => hex(letter).replace('%', '%25');
/** A path below `/admin`, spelled in other ways. */
const spellings = fc
  .record({
    letters: fc.oneof(
      fc.constant(Array.from({ length: 24 }, () => plain)),
      fc.array(fc.constantFrom(plain, plain, hex, upper, twice), { minLength: 24, maxLength: 24 }),
    ),
    before: fc.constantFrom('', '', '/', '/.', '/open/..', '/%2e', '/x/%2e%2E', '\\', '/x\\..'),
    slash: fc.constantFrom('/', '/', '//', '/./', '%2F', '%2f', '%5C', '\\', '/x/../'),
    path: fc.constantFrom('/admin/secret', '/admin/deep/secret'),
    origin: fc.constantFrom('', '', 'http://x', 'HTTPS://admin.example:80'),
    after: fc.constantFrom('', '', '?x=1', '/', '#x', '/.'),
  })
  .map(({ letters, before, slash, path, origin, after }) => {
    const [, first, ...rest] = path
      .split('/')
      .map((name) => [...name].map((letter, index) => letters[index]!(letter)).join(''));
    return `${origin}${before}/${first}${slash}${rest.join('/')}${after}`;
  });

describe('what a guard compares with request.path', () => {
  it.each(Object.keys(KINDS))('is the path of %s, however it is spelled', async (kind) => {
    await using server = await listening(KINDS[kind]!());
    expect((await call(server, '/admin/secret')).status).toBe(401);
    const check = fc.asyncProperty(spellings, async (path) => {
      const { status, text } = await call(server, path);
      expect([path, status < 500, text.includes(SECRET)]).toEqual([path, true, false]);
    });
    await fc.assert(check, { seed: 11, numRuns: 150 });
  });

  it.each(Object.keys(KINDS))('lets nothing else of %s wait', async (kind) => {
    const open = new Vivace();
    const built = KINDS[kind]!();
    await using server = await listening(kind.startsWith('a p') ? built : open.mount('/x', built));
    // The guard of the inner application compares the whole path.
    const path = kind.startsWith('a p') ? '/other' : '/x/admin/secret';
    expect((await call(server, path)).status).not.toBe(401);
  });
});

describe('the path of a request', () => {
  @Controller()
  class Paths {
    @Get('/shown/*rest')
    shown(rest: string, request: Request): object {
      const { path, rawPath, url } = request;
      return { rest, path, rawPath, url, query: request.query.get('q') };
    }
  }
  const lines: { path: string }[] = [];
  const logger = {
    level: 'info',
    stream: { write: (line: string) => void lines.push(JSON.parse(line)) },
  };

  it('is decoded once, beside the one that was sent', async () => {
    await using server = await listening(new Vivace({ controllers: [Paths] }));
    expect((await call(server, 'http://x.example/sh%6Fwn/a%2Fb%20%61?q=%61')).json).toEqual({
      rest: 'a/b a',
      path: '/shown/a%2Fb a',
      rawPath: '/sh%6Fwn/a%2Fb%20%61',
      url: '/sh%6Fwn/a%2Fb%20%61?q=%61',
      query: 'a',
    });
  });

  it('is logged as it was sent, so that no line is made up', async () => {
    const app = new Vivace({ controllers: [Paths], middleware: [accessLog()], logger });
    await using server = await listening(app);
    await call(server, '/shown/a%0Ab');
    while (!lines.some(({ path }) => path !== undefined))
      await new Promise((resolve) => setImmediate(resolve));
    expect(lines.find(({ path }) => path !== undefined)!.path).toBe('/shown/a%0Ab');
  });

  it('is that of the router also where it reads paths in another way', async () => {
    @Controller('/admin')
    class Area {
      @Get('/secret')
      secret(): string {
        return SECRET;
      }
    }
    const loose = new Vivace({
      controllers: [Area],
      middleware: [guard],
      trailingSlash: 'ignore',
      fastify: {
        useSemicolonDelimiter: true,
        routerOptions: { caseSensitive: false, ignoreDuplicateSlashes: true },
      },
    });
    await using server = await listening(loose);
    for (const path of ['/ADMIN/secret', '//admin//secret/', '/admin/secret;x', '/Adm%49n/Secret'])
      expect([path, (await call(server, path)).status]).toEqual([path, 401]);
    expect((await call(server, '/ADMIN/secret', { method: 'POST' })).status).toBe(401);
  });
});
