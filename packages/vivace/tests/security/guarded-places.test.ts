import websocket from '@fastify/websocket';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  BackgroundTasks,
  Body,
  Controller,
  Get,
  HTTPException,
  Header,
  Injectable,
  Path,
  Post,
  Reply,
  Vivace,
  WebSocket,
  WebSocketRoute,
  Depends,
  dependency,
  int,
  on,
  type VivaceOptions,
} from 'vivace';
import { cors, sessions } from 'vivace/middleware';
import { EventSourceResponse, JSONResponse, ServerSentEvent } from 'vivace/responses';
import { APIKeyHeader, HTTPBearer, Public } from 'vivace/security';
import { override, testClient } from 'vivace/testing';
import { listening } from '../http';
import { Wire, request } from '../reliability/raw';

type Needs = NonNullable<VivaceOptions['dependencies']>[number];

const directory = mkdtempSync(join(tmpdir(), 'guarded-'));
mkdirSync(join(directory, 'folder'));
for (const name of ['plain.txt', 'index.html', 'app.html', 'folder/index.html', 'folder/a b.txt'])
  writeFileSync(join(directory, name), `<p>${name}</p>`);
afterAll(() => rmSync(directory, { recursive: true }));

/** What opens, what is reached, and what closes. */
const trail: string[] = [];
beforeEach(() => void (trail.length = 0));
const reached = (what = 'reached') => void trail.push(what);

const key = new APIKeyHeader({ key: 'x-key' });
const knows = (value: string) => {
  if (value !== 'ann') throw new HTTPException(403, 'Not yours');
};
const user = dependency({ key }, ({ key: value }) => knows(value));
const plain = dependency(
  { value: Header(String, { alias: 'x-key', default: '' }) },
  ({ value }) => {
    if (value === '') throw new HTTPException(401);
    knows(value);
  },
);
@Injectable()
class Visitors {
  constructor(@Depends(user) _: void) {}
}
const session = (scope: 'function' | 'request') =>
  dependency(
    { user },
    function* () {
      trail.push('open');
      try {
        yield 'session';
      } finally {
        trail.push('close');
      }
    },
    { scope },
  );
const first = session('function');
const later = session('request');
const holder = dependency({ later, user }, () => 'holder');

/** Each asks for the key `ann`: 401 without one, 403 for another. */
const GUARDS: Readonly<Record<string, Needs>> = {
  'a function that needs a scheme': user,
  'a function that throws': plain,
  'a class': Visitors,
  'one with clean-up': first,
  'one that needs something with clean-up after the response': holder,
};

@Controller('/own')
class Own {
  @Get('/') read() {
    reached();
    return 'own';
  }
  @Get('/slow') async slow() {
    await Promise.resolve();
    reached();
    return 'own';
  }
  @Get('/events', { responseClass: EventSourceResponse }) async *events(): AsyncGenerator<
    ServerSentEvent<string>
  > {
    reached();
    yield new ServerSentEvent({ data: 'own' });
  }
  @WebSocketRoute('/talk') async talk(socket: WebSocket) {
    reached();
    await socket.send('own');
  }
}

/** All kinds of places; `around` stands around them, as the application's or as that of each place. */
function served(dependencies: readonly Needs[], at: 'application' | 'place'): Vivace {
  const own = at === 'place' ? { dependencies } : {};
  const innermost = new Vivace({ controllers: [Own], docs: { url: '/doc.json' } });
  const inner = new Vivace({ controllers: [Own] })
    .static('/files', directory)
    .mount('/fetch', async (_request: globalThis.Request) => {
      reached();
      return new Response('own');
    })
    .mount('/deeper', innermost)
    .plugin((fastify) => {
      fastify.get('/plain', () => {
        reached();
        return 'own';
      });
    });
  return new Vivace(at === 'application' ? { dependencies, controllers: [Own] } : {})
    .static('/files', directory, { html: true, ...own })
    .static('/page', directory, { fallback: 'app.html', ...own })
    .mount(
      '/fetch',
      async (_request: globalThis.Request) => {
        reached();
        return new Response('own');
      },
      own,
    )
    .mount(
      '/node',
      (_request: IncomingMessage, response: ServerResponse) => {
        reached();
        response.end('own');
      },
      own,
    )
    .mount('/inner', inner, own);
}

const PAGE = { headers: { accept: 'text/html' } };
interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}
const PLACES: readonly (readonly [name: string, path: string, sent?: Sent])[] = [
  ['a file', '/files/plain.txt'],
  ['a file by HEAD', '/files/plain.txt', { method: 'HEAD' }],
  ['a part of a file', '/files/plain.txt', { headers: { range: 'bytes=0-3' } }],
  ['a file that one may have', '/files/plain.txt', { headers: { 'if-none-match': '*' } }],
  ['a file by an encoded path', '/files/%70lain.txt'],
  ['a file in a folder', '/files/folder/a%20b.txt'],
  ['the page of a directory', '/files/folder/'],
  ['a single-page application', '/page/any/where', PAGE],
  ['a fetch handler', '/fetch/x'],
  ['a fetch handler, by another method', '/fetch/x', { method: 'POST' }],
  ['a handler of Node', '/node'],
  ['an operation of a mounted application', '/inner/own/'],
  ['an asynchronous one', '/inner/own/slow'],
  ['events of one', '/inner/own/events'],
  ['files of one', '/inner/files/plain.txt'],
  ['a handler in one', '/inner/fetch'],
  ['a route of a plugin in one', '/inner/plain'],
  ['an operation of one that is mounted in that', '/inner/deeper/own/'],
];

describe.each(Object.entries(GUARDS))('a guard that is %s', (_, guard) => {
  describe.each(['application', 'place'] as const)('of the %s', (at) => {
    test.each(PLACES.map(([name, path, sent]) => [name, path, sent ?? {}] as const))(
      'stands before %s',
      async (_name, path, options) => {
        await using client = await testClient(served([guard], at));
        const ask = async (headers: Readonly<Record<string, string>>) => {
          trail.length = 0;
          const answer = await client.request(options.method ?? 'GET', path, {
            headers: { ...options.headers, ...headers },
          });
          return answer.status;
        };
        expect([await ask({}), trail.includes('reached')]).toEqual([401, false]);
        expect([await ask({ 'x-key': 'eve' }), trail.includes('reached')]).toEqual([403, false]);
        expect([200, 206, 304]).toContain(await ask({ 'x-key': 'ann' }));
        while (trail.includes('open') && !trail.includes('close')) await new Promise(setImmediate);
        const around = trail.filter((entry) => entry !== 'reached');
        expect(around).toEqual(guard === first || guard === holder ? ['open', 'close'] : []);
        // It is open while the answer is made.
        if (around.length > 0 && trail.includes('reached')) expect(trail[1]).toBe('reached');
      },
    );

    test('stands before a WebSocket of a mounted application', async () => {
      await using client = await testClient(served([guard], at));
      await expect(client.websocket('/inner/own/talk')).rejects.toThrow();
      expect(trail).toEqual([]);
      await using socket = await client.websocket('/inner/own/talk', {
        headers: { 'x-key': 'ann' },
      });
      expect(await socket.receive()).toBe('own');
      await socket.close();
      while (trail.includes('open') && !trail.includes('close')) await new Promise(setImmediate);
      expect(trail.filter((entry) => entry !== 'close')).toEqual(
        guard === first || guard === holder ? ['open', 'reached'] : ['reached'],
      );
    });

    test('tells nobody whether a file is there', async () => {
      await using client = await testClient(served([guard], at));
      for (const path of ['/files/none.txt', '/files/folder', '/files//plain.txt'])
        for (const method of ['GET', 'HEAD', 'POST', 'OPTIONS'])
          expect([path, method, (await client.request(method, path)).status]).toEqual([
            path,
            method,
            401,
          ]);
      const headers = { 'x-key': 'ann' };
      expect((await client.get('/files/none.txt', { headers })).status).toBe(404);
      expect((await client.post('/files/plain.txt', { headers })).status).toBe(405);
    });
  });
});

describe('what stands before the dependencies of an application', () => {
  const guarded = (options: VivaceOptions = {}) =>
    new Vivace({ controllers: [Own], dependencies: [user], ...options });

  test.each([
    ['the document', '/openapi.json', 200],
    ['its pages', '/docs', 200],
    ['that of a mounted application', '/inner/openapi.json', 200],
    ['health', '/livez', 200],
    ['readiness', '/readyz', 200],
    ['what is nowhere', '/nowhere', 404],
    ['what is nowhere in a mounted application', '/inner/nowhere', 404],
    ['the redirect to a slash', '/own', 307],
  ])('is %s, which shows nothing of the program', async (_, path, status) => {
    const app = guarded().mount('/inner', new Vivace({ controllers: [Own] }));
    await using client = await testClient(app);
    expect((await client.get(path, { followRedirects: false })).status).toBe(status);
  });

  test('is a wrong method, and the preflight of a page', async () => {
    const app = guarded({ middleware: [cors({ origins: ['https://shop.example'] })] });
    app.static('/files', directory);
    await using client = await testClient(app);
    expect((await client.post('/own/')).status).toBe(405);
    const headers = { origin: 'https://shop.example', 'access-control-request-method': 'GET' };
    for (const path of ['/own/', '/files/plain.txt'])
      expect((await client.request('OPTIONS', path, { headers })).status).toBe(200);
    // Refused or not, the page may read the answer.
    const refused = await client.get('/files/plain.txt', { headers });
    expect(refused.status).toBe(401);
    expect(refused.headers.get('access-control-allow-origin')).toBe('https://shop.example');
  });

  test('is what stands around the application', async () => {
    const outer = new Vivace().static('/files', directory).mount('/inner', guarded());
    await using client = await testClient(outer);
    expect((await client.get('/files/plain.txt')).status).toBe(200);
    expect((await client.get('/inner/own/')).status).toBe(401);
  });
});

describe('a route of a plain Fastify plugin', () => {
  const routes = (fastify: import('fastify').FastifyInstance): void => {
    fastify.get('/plain', () => {
      reached();
      return { plain: true };
    });
    fastify.post('/plain', ({ body }) => body);
    fastify.get('/late', async () => {
      reached();
      throw new Error('bug');
    });
    fastify.get('/raw', (_, reply) => {
      reply.hijack();
      reply.raw.end('raw');
    });
    fastify.get('/stream', (_, reply) =>
      reply.send(
        new ReadableStream({
          start(controller) {
            reached();
            controller.enqueue(new TextEncoder().encode('streamed'));
            controller.close();
          },
        }),
      ),
    );
  };

  test.each(Object.entries(GUARDS))(
    'has the guards of the application before it: %s',
    async (_, guard) => {
      for (const middleware of [[], [sessions({ secret: 'x'.repeat(32) })]]) {
        const app = new Vivace({ dependencies: [guard], middleware })
          .plugin(routes)
          .plugin((fastify) => fastify.register(routes as never, { prefix: '/v2' }));
        await using client = await testClient(app, { raiseErrors: false });
        for (const path of ['/plain', '/late', '/raw', '/stream', '/v2/plain'])
          for (const method of ['GET', 'HEAD']) {
            trail.length = 0;
            expect((await client.request(method, path)).status).toBe(401);
            const other = await client.request(method, path, { headers: { 'x-key': 'eve' } });
            expect([other.status, trail.includes('reached')]).toEqual([403, false]);
            trail.length = 0;
            const agreed = await client.request(method, path, { headers: { 'x-key': 'ann' } });
            expect(agreed.status).toBe(path === '/late' ? 500 : 200);
            while (
              trail.filter((entry) => entry === 'open').length >
              trail.filter((entry) => entry === 'close').length
            )
              await new Promise(setImmediate);
            const cleans = guard === first || guard === holder;
            expect(trail.filter((entry) => entry !== 'reached')).toEqual(
              cleans ? ['open', 'close'] : [],
            );
          }
      }
    },
  );

  test('is refused before its body is read, in the form of the application, through its handlers', async () => {
    const app = new Vivace({
      dependencies: [user],
      exceptions: [on(403, () => new JSONResponse({ no: 'way' }, { status: 403 }))],
    }).plugin(routes);
    await using client = await testClient(app);
    const malformed = { body: '{', headers: { 'content-type': 'application/json' } };
    const missing = await client.post('/plain', malformed);
    expect([missing.status, missing.json()]).toEqual([401, { detail: 'Not authenticated' }]);
    const headers = { ...malformed.headers, 'x-key': 'eve' };
    const refused = await client.post('/plain', { ...malformed, headers });
    expect([refused.status, refused.json()]).toEqual([403, { no: 'way' }]);
  });

  test('fails if what its guard opened cannot close, and has what the guard said to the client', async () => {
    const failing = dependency(function* () {
      yield 1;
      throw new Error('not committed');
    });
    const telling = dependency({ reply: Reply, tasks: BackgroundTasks }, ({ reply, tasks }) => {
      reply.headers.set('x-told', 'yes');
      tasks.add(() => reached('task'));
    });
    await using client = await testClient(
      new Vivace({ dependencies: [telling, failing] }).plugin(routes),
      { raiseErrors: false },
    );
    const answer = await client.get('/plain');
    expect([answer.status, answer.json()]).toEqual([500, { detail: 'Internal Server Error' }]);
    await using other = await testClient(new Vivace({ dependencies: [telling] }).plugin(routes));
    const told = await other.get('/plain');
    expect([told.headers.get('x-told'), told.json()]).toEqual(['yes', { plain: true }]);
    expect(trail.at(-1)).toBe('task');
  });

  test('has them after the hooks that a plugin has for all routes', async () => {
    const seen = dependency({ reply: Reply }, () => reached('guard'));
    const app = new Vivace({ dependencies: [seen] })
      .plugin((fastify) => void fastify.addHook('onRequest', async () => reached('hook')))
      .plugin(routes);
    await using client = await testClient(app);
    await client.get('/plain');
    expect(trail).toEqual(['hook', 'guard', 'reached']);
  });

  test('may be a WebSocket of a plugin', async () => {
    const app = new Vivace({ dependencies: [first] }).plugin(websocket).plugin((fastify) => {
      fastify.register(async (inner) => {
        inner.get('/talk', { websocket: true }, (socket) => {
          reached();
          socket.close();
        });
      });
    });
    await using server = await listening(app);
    const shake = (headers: Readonly<Record<string, string>>) =>
      request('GET', '/talk', {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
        ...headers,
      });
    await using refused = new Wire(server).send(shake({}));
    expect(await refused.until(/\r\n\r\n/)).toMatch(/^HTTP\/1\.1 401 /);
    await using let_in = new Wire(server).send(shake({ 'x-key': 'ann' }));
    expect(await let_in.until(/\r\n\r\n/)).toMatch(/^HTTP\/1\.1 101 /);
    while (!trail.includes('reached')) await new Promise(setImmediate);
    expect(trail).toEqual(['open', 'close', 'reached']);
  });
});

describe('the dependencies around a mounted application', () => {
  test('are those of the application around it: with its services, and its overrides', async () => {
    @Injectable({ lifetime: 'singleton' })
    class Keys {
      readonly known = 'outer';
    }
    const outerGuard = dependency({ keys: Keys, key }, ({ keys, key: value }) => {
      if (value !== keys.known) throw new HTTPException(403);
    });
    const app = new Vivace({ dependencies: [outerGuard] }).mount(
      '/inner',
      new Vivace({ controllers: [Own] }),
    );
    await using client = await testClient(app);
    expect((await client.get('/inner/own/', { headers: { 'x-key': 'outer' } })).status).toBe(200);
    await using free = await testClient(app, {
      overrides: [override(outerGuard, () => undefined)],
    });
    expect((await free.get('/inner/own/')).status).toBe(200);
  });

  test('come before its own, and are not lifted by its @Public()', async () => {
    @Controller()
    class Routes {
      @Public()
      @Get('/open')
      open() {
        return 'open';
      }
      @Get('/closed')
      closed() {
        return 'closed';
      }
    }
    const bearer = new HTTPBearer();
    const inner = new Vivace({ controllers: [Routes], dependencies: [bearer] });
    await using client = await testClient(new Vivace({ dependencies: [user] }).mount('/in', inner));
    const outer = { 'x-key': 'ann' };
    expect((await client.get('/in/open')).status).toBe(401);
    expect((await client.get('/in/open', { headers: outer })).json()).toBe('open');
    const challenged = await client.get('/in/closed', { headers: outer });
    expect([challenged.status, challenged.headers.get('www-authenticate')]).toEqual([
      401,
      'Bearer',
    ]);
    const headers = { ...outer, authorization: 'Bearer x' };
    expect((await client.get('/in/closed', { headers })).json()).toBe('closed');
  });

  test('close with what the operation opened, the last opened first, and see its error', async () => {
    const noted = (name: string) =>
      dependency(function* () {
        trail.push(`open ${name}`);
        try {
          yield name;
        } catch (error) {
          trail.push(`${name} sees ${(error as Error).message}`);
          throw error;
        } finally {
          trail.push(`close ${name}`);
        }
      });
    const own = noted('inner');
    @Controller()
    class Routes {
      @Get('/') read(@Depends(own) _: string): string {
        throw new HTTPException(409, 'taken');
      }
      @Get('/bare') bare(): string {
        throw new HTTPException(409, 'bare');
      }
    }
    const app = new Vivace({ dependencies: [noted('outer')] });
    app.mount('/in', new Vivace({ controllers: [Routes] }));
    await using client = await testClient(app);
    expect((await client.get('/in/')).status).toBe(409);
    expect(trail.splice(0)).toEqual([
      'open outer',
      'open inner',
      'inner sees taken',
      'close inner',
      'outer sees taken',
      'close outer',
    ]);
    expect((await client.get('/in/bare')).status).toBe(409);
    expect(trail).toEqual(['open outer', 'outer sees bare', 'close outer']);
  });
});

describe('a dependency that cannot stand before a file', () => {
  const reading = dependency({ n: Body(int) }, ({ n }) => n);
  const placed = dependency({ id: Path(int) }, ({ id }) => id);
  @Controller('/things/:id')
  class Things {
    @Post('/') write(id: int) {
      return id;
    }
  }

  test.each([
    ['a body', reading, "static('/files')", 'reading needs a body'],
    ['a path parameter', placed, "static('/files')", "placed needs the path parameter 'id'"],
  ])('is an error at boot: it needs %s', async (_, need, place, message) => {
    const app = (): Vivace => new Vivace({ controllers: [Things], dependencies: [need] });
    await expect(testClient(app().static('/files', directory))).rejects.toThrow(place);
    await expect(testClient(app().static('/files', directory))).rejects.toThrow(message);
    await expect(
      testClient(app().plugin((fastify) => void fastify.get('/plain', () => 'x'))),
    ).rejects.toThrow(message);
    // A plugin without routes is none of its business.
    await using client = await testClient(
      app().plugin((fastify) => void fastify.addHook('onRequest', async () => {})),
    );
    expect((await client.post('/things/1/', { json: 1 })).status).toBe(200);
  });

  test('is one at boot too where it needs a Request and there are WebSockets', async () => {
    const asking = dependency({ reply: Reply }, () => {});
    const app = new Vivace({ dependencies: [asking] }).mount(
      '/inner',
      new Vivace({ controllers: [Own] }),
    );
    await expect(testClient(app)).rejects.toThrow('there is none of in a WebSocket route');
  });
});
