import auth from '@fastify/auth';
import basicAuth from '@fastify/basic-auth';
import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import csrfProtection from '@fastify/csrf-protection';
import helmet from '@fastify/helmet';
import jwt from '@fastify/jwt';
import rateLimit from '@fastify/rate-limit';
import session from '@fastify/session';
import underPressure from '@fastify/under-pressure';
import { Transform } from 'node:stream';
import { gunzipSync, gzipSync } from 'node:zlib';
import { pino } from 'pino';
import type { FastifyInstance, FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify';
import {
  Body,
  Controller,
  Depends,
  Form,
  Get,
  HTTPException,
  Post,
  Reply,
  Request,
  Vivace,
  WebSocket,
  WebSocketRoute,
  dependency,
  on,
  type Middleware,
  type VivaceOptions,
} from 'vivace';
import { cors } from 'vivace/middleware';
import { JSONResponse, StreamingResponse } from 'vivace/responses';
import { testClient } from 'vivace/testing';
import { call, listening } from './http';
import { Log } from './reliability/wire';

declare module 'fastify' {
  interface FastifyInstance {
    authenticate(request: FastifyRequest, reply: FastifyReply): Promise<void>;
    verifyKey(request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void): void;
  }
  interface Session {
    visits: number;
  }
}

class Item {
  name!: string;
}

/** As the README of `@fastify/jwt` verifies, in a dependency. */
const visitor = dependency({ request: Request }, async ({ request }) => {
  const { name } = await request.fastify.jwtVerify<{ name: string }>();
  return name;
});

@Controller('/items')
class Items {
  @Get('/')
  list(): Item[] {
    return [{ name: 'lamp' }];
  }
  @Get('/large')
  large(): Item[] {
    return Array.from({ length: 200 }, (_, index) => ({ name: `lamp ${index}` }));
  }
  @Get('/streamed', { responseClass: StreamingResponse })
  async *streamed(): AsyncGenerator<string> {
    for (const name of ['lamp', 'pen']) yield name;
  }
  @Post('/')
  add(@Body() item: Item): Item {
    return item;
  }
  @Get('/visits')
  visits(request: Request): number {
    const { session } = request.fastify;
    session.visits = (session.visits ?? 0) + 1;
    return session.visits;
  }
  @Get('/token')
  token(reply: Reply): string {
    return reply.fastify.generateCsrf();
  }
  @Get('/cookie')
  cookie(request: Request, reply: Reply): string | null {
    reply.fastify.setCookie('seen', 'yes', { path: '/' });
    return request.fastify.cookies['seen'] ?? null;
  }
  @Get('/me')
  me(@Depends(visitor) name: string): string {
    return name;
  }
}

const app = (options: VivaceOptions = {}) => new Vivace({ controllers: [Items], ...options });
const detail = (answer: { json(): unknown }) => (answer.json() as { detail: unknown }).detail;
const SECRET = 'a secret with minimum length of 32 characters';

describe('plugins of Fastify, each as its README uses it', () => {
  test('@fastify/rate-limit: the answer after the last is 429, in the form of the application', async () => {
    for (const errors of ['detail', 'problem'] as const) {
      const limited = app({ errors }).plugin(rateLimit, { max: 2, timeWindow: '1 minute' });
      await using client = await testClient(limited);
      const answers = [];
      for (let count = 0; count < 3; count += 1) answers.push(await client.get('/items/'));
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
      const last = answers[2]!;
      expect(detail(last)).toBe('Rate limit exceeded, retry in 1 minute');
      expect(last.headers.get('x-ratelimit-limit')).toBe('2');
      expect(last.headers.get('retry-after')).toBe('60');
    }
  });

  test('@fastify/jwt: a hook of the plugin, and a dependency, verify', async () => {
    const hooked = app()
      .plugin(jwt, { secret: 'supersecret' })
      .plugin((fastify) =>
        fastify.addHook('onRequest', async (request, reply) => {
          try {
            await request.jwtVerify();
          } catch (error) {
            reply.send(error);
          }
        }),
      );
    const plain = app().plugin(jwt, { secret: 'supersecret' });
    for (const [one, path] of [
      [hooked, '/items/'],
      [plain, '/items/me'],
    ] as const) {
      let token = '';
      one.plugin((fastify) => void (token = fastify.jwt.sign({ name: 'ann' })));
      await using client = await testClient(one);
      const authorization = `Bearer ${token}`;
      expect((await client.get(path, { headers: { authorization } })).status).toBe(200);
      const missing = await client.get(path);
      expect([missing.status, detail(missing)]).toEqual([
        401,
        'No Authorization was found in request.headers',
      ]);
      const wrong = await client.get(path, { headers: { authorization: `${authorization}x` } });
      expect(wrong.status).toBe(401);
    }
  });

  test('@fastify/auth: what every strategy refuses is 401 with its message', async () => {
    const guarded = app()
      .plugin((fastify) =>
        fastify
          .decorate('verifyKey', (request: FastifyRequest, _: FastifyReply, done) => {
            done(request.headers['x-key'] === 'k' ? undefined : new Error('not authorized'));
          })
          .register(auth),
      )
      .plugin((fastify) => fastify.addHook('preHandler', fastify.auth([fastify.verifyKey])));
    await using client = await testClient(guarded);
    expect((await client.get('/items/', { headers: { 'x-key': 'k' } })).status).toBe(200);
    const refused = await client.get('/items/');
    expect([refused.status, detail(refused)]).toEqual([401, 'not authorized']);
  });

  test('@fastify/helmet: its headers stand in every answer', async () => {
    const helmeted = app().plugin(helmet, { global: true });
    await using client = await testClient(helmeted);
    for (const path of ['/items/', '/nowhere', '/items/streamed']) {
      const { headers } = await client.get(path);
      expect([path, headers.get('x-dns-prefetch-control')]).toEqual([path, 'off']);
      expect(headers.get('content-security-policy')).toContain("default-src 'self'");
    }
  });

  test('@fastify/csrf-protection, @fastify/cookie: a token that is missing is 403', async () => {
    const guarded = app()
      .plugin(cookie)
      .plugin(csrfProtection)
      .plugin((fastify) => {
        fastify.addHook('onRequest', (request, reply, done) => {
          if (request.method === 'GET') done();
          else fastify.csrfProtection(request, reply, done);
        });
      });
    await using client = await testClient(guarded);
    const token = (await client.get('/items/token')).json() as string;
    const json = { name: 'pen' };
    expect((await client.post('/items/', { json, headers: { 'csrf-token': token } })).status).toBe(
      200,
    );
    const refused = await client.post('/items/', { json });
    expect([refused.status, detail(refused)]).toEqual([403, 'Invalid csrf token']);
  });

  test('@fastify/cookie: handlers read and set cookies through it', async () => {
    await using client = await testClient(app().plugin(cookie, { secret: 'my-secret' }));
    expect((await client.get('/items/cookie')).headers.get('set-cookie')).toMatch(
      /^seen=yes; Path=\//,
    );
    expect((await client.get('/items/cookie')).json()).toBe('yes');
  });

  test('@fastify/session: a session is kept from request to request', async () => {
    const kept = app()
      .plugin(cookie)
      .plugin(session, { secret: SECRET, cookie: { secure: false } });
    await using client = await testClient(kept);
    expect((await client.get('/items/visits')).json()).toBe(1);
    expect((await client.get('/items/visits')).json()).toBe(2);
  });

  test('@fastify/under-pressure: a process that cannot cope answers 503, and says when to come back', async () => {
    const pressed = app().plugin(underPressure, {
      healthCheck: async () => false,
      healthCheckInterval: 60_000,
      message: 'Under pressure!',
      retryAfter: 50,
    });
    await using client = await testClient(pressed);
    const answer = await client.get('/items/');
    expect([answer.status, detail(answer)]).toEqual([503, 'Under pressure!']);
    expect(answer.headers.get('retry-after')).toBe('50');
  });

  test('@fastify/basic-auth: the browser is asked for a name and password', async () => {
    const guarded = app()
      .plugin(basicAuth, {
        validate: async (username: string, password: string) => {
          if (username !== 'Tyrion' || password !== 'wine') throw new Error('Winter is coming');
        },
        authenticate: { realm: 'Westeros' },
      })
      .plugin((fastify) => fastify.addHook('onRequest', fastify.basicAuth));
    await using client = await testClient(guarded);
    const as = (text: string) =>
      client.get('/items/', { headers: { authorization: `Basic ${btoa(text)}` } });
    expect((await as('Tyrion:wine')).status).toBe(200);
    const wrong = await as('Tyrion:water');
    expect([wrong.status, detail(wrong)]).toEqual([401, 'Winter is coming']);
    expect(wrong.headers.get('www-authenticate')).toContain('Basic realm="Westeros"');
    expect((await client.get('/items/')).status).toBe(401);
  });

  test('@fastify/compress: answers go compressed, streams too, and compressed bodies are read', async () => {
    const log = new Log();
    const compressed = app({ logger: log.options }).plugin(compress, {
      global: true,
      threshold: 0,
      customTypes: /json|octet/,
    });
    await using server = await listening(compressed);
    const headers = { 'accept-encoding': 'gzip' };
    for (const path of ['/items/large', '/items/streamed']) {
      const plain = await call(server, path);
      const answer = await call(server, path, { headers });
      expect([path, answer.headers['content-encoding']]).toEqual([path, 'gzip']);
      expect(gunzipSync(answer.body).toString()).toBe(plain.text);
    }
    const sent = await call(server, '/items/', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
      body: gzipSync('{"name":"pen"}'),
    });
    expect([sent.status, sent.text]).toEqual([200, '{"name":"pen"}']);
    const broken = await call(server, '/items/', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
      body: '{"name":"pen"}',
    });
    expect(broken.status).toBe(400);
    expect(log.lines.filter(({ level }) => level === 50)).toEqual([]);
  });
});

describe('app.plugin', () => {
  const header =
    (name: string) =>
    (fastify: FastifyInstance): void =>
      void fastify.addHook('onSend', async (_, reply) => void reply.header(name, 'yes'));

  it('takes functions with a callback, asynchronous ones, and such that register others', async () => {
    const withCallback: FastifyPluginCallback<{ name: string }> = (fastify, { name }, done) => {
      header(name)(fastify);
      setImmediate(done);
    };
    const all = app()
      .plugin(withCallback, { name: 'x-callback' })
      .plugin(
        async (fastify: FastifyInstance, { name }: { name: string }) => header(name)(fastify),
        {
          name: 'x-async',
        },
      )
      .plugin(header('x-plain'))
      .plugin((fastify) => fastify.register(cookie))
      .plugin((fastify) => void fastify.decorate('later', fastify.hasDecorator('serializeCookie')));
    let later: unknown;
    all.plugin((fastify) => void (later = (fastify as never as { later: unknown }).later));
    await using client = await testClient(all);
    const { headers } = await client.get('/items/');
    for (const name of ['x-callback', 'x-async', 'x-plain'])
      expect([name, headers.get(name)]).toEqual([name, 'yes']);
    expect(later).toBe(true);
  });

  it('gives one with a prefix a context of its own, as Fastify does', async () => {
    const routes: FastifyPluginCallback = (fastify, _, done) => {
      header('x-inside')(fastify);
      fastify.get('/plain', async () => ({ plain: true }));
      done();
    };
    await using client = await testClient(app().plugin(routes, { prefix: '/below' }));
    const inside = await client.get('/below/plain');
    expect([inside.json(), inside.headers.get('x-inside')]).toEqual([{ plain: true }, 'yes']);
    expect((await client.get('/items/')).headers.get('x-inside')).toBeNull();
  });

  it('takes options that depend on the plugins before it', async () => {
    const two = app()
      .plugin((fastify) => void fastify.decorate('most', 1))
      .plugin(rateLimit, (fastify: FastifyInstance) => ({
        max: (fastify as never as { most: number }).most,
      }));
    await using client = await testClient(two);
    await client.get('/items/');
    expect((await client.get('/items/')).status).toBe(429);
  });

  it('fails the start with the error of the plugin', async () => {
    const broken: FastifyPluginCallback = (_, __, done) => done(new Error('no connection'));
    await expect(app().plugin(broken).build()).rejects.toThrow('no connection');
    const late = async (): Promise<void> => {
      throw new Error('no connection');
    };
    await expect(app().plugin(late).build()).rejects.toThrow('no connection');
  });
});

describe('an error with a status of its own', () => {
  const withStatus = (status: number, more: object = {}) =>
    Object.assign(new Error(`said with ${status}`), { statusCode: status }, more);

  /** Throws in a hook, a handler, a dependency, middleware. */
  const places: Record<string, (error: () => Error) => Vivace> = {
    'an asynchronous hook': (error) =>
      app().plugin((fastify) =>
        fastify.addHook('onRequest', async () => {
          throw error();
        }),
      ),
    'a hook with a callback': (error) =>
      app().plugin((fastify) => fastify.addHook('preHandler', (_, __, done) => done(error()))),
    'a hook that sends it': (error) =>
      app().plugin((fastify) =>
        fastify.addHook('preValidation', async (_, reply) => reply.send(error())),
      ),
    'a hook before parsing': (error) =>
      app().plugin((fastify) =>
        fastify.addHook('preParsing', async () => {
          throw error();
        }),
      ),
    'a hook after the handler': (error) =>
      app().plugin((fastify) =>
        fastify.addHook('onSend', async () => {
          throw error();
        }),
      ),
  };
  const programs: Record<string, (error: () => Error) => Vivace> = {
    'a handler': (error) => {
      @Controller('/items')
      class Failing {
        @Get('/') now(): never {
          throw error();
        }
      }
      return new Vivace({ controllers: [Failing] });
    },
    'an asynchronous handler': (error) => {
      @Controller('/items')
      class Failing {
        @Get('/') async later(): Promise<never> {
          throw error();
        }
      }
      return new Vivace({ controllers: [Failing] });
    },
    'a handler that needs the request': (error) => {
      @Controller('/items')
      class Failing {
        @Get('/') now(_: Request): never {
          throw error();
        }
      }
      return new Vivace({ controllers: [Failing] });
    },
    'a stream before its first item': (error) => {
      @Controller('/items')
      class Failing {
        @Get('/') async *items(): AsyncGenerator<Item> {
          await Promise.reject(error());
          yield { name: 'never' };
        }
      }
      return new Vivace({ controllers: [Failing] });
    },
    'a dependency': (error) => {
      const failing = dependency((): never => {
        throw error();
      });
      return app({ dependencies: [failing] });
    },
    middleware: (error) =>
      app({
        middleware: [
          () => {
            throw error();
          },
        ],
      }),
    'middleware after the answer': (error) =>
      app({
        middleware: [
          async (_, next) => {
            await next();
            throw error();
          },
        ],
      }),
  };

  it.each(Object.keys(places))('below 500 is the answer where %s threw it', async (place) => {
    for (const status of [400, 404, 429, 451]) {
      await using client = await testClient(places[place]!(() => withStatus(status)));
      const answer = await client.get('/items/');
      expect([answer.status, detail(answer)]).toEqual([status, `said with ${status}`]);
    }
  });

  it.each(Object.keys(places))(
    'of 500 and more is told nobody where %s threw it',
    async (place) => {
      for (const error of [withStatus(500), withStatus(503), withStatus(200), new Error('bug')]) {
        await using client = await testClient(
          places[place]!(() => error),
          { raiseErrors: false },
        );
        const answer = await client.get('/items/');
        expect([answer.status, detail(answer)]).toEqual([500, 'Internal Server Error']);
      }
    },
  );

  it.each([[[] as Middleware[]], [[(_, next) => next()] as Middleware[]]])(
    'of a route of a plugin tells nobody what it says, and keeps the form of what is refused',
    async (middleware) => {
      class Known extends Error {}
      const routes = (fastify: FastifyInstance): unknown =>
        fastify.get('/plain/:what', (request) => {
          const { what } = request.params as { what: string };
          if (what === 'known') throw new Known('secret');
          if (what === 'http') throw new HTTPException(418, 'tea');
          throw what === 'bug' ? new Error('secret') : withStatus(Number(what));
        });
      const own = (fastify: FastifyInstance): unknown =>
        fastify.setErrorHandler((error, _, reply) => reply.code(500).send({ own: String(error) }));
      const app = new Vivace({ middleware, exceptions: [on(Known, () => known())] })
        .plugin(routes)
        .plugin(
          async (fastify: FastifyInstance) => {
            own(fastify);
            routes(fastify);
          },
          { prefix: '/own' },
        )
        .mount('/below', new Vivace({ errors: 'problem' }).plugin(routes));
      const known = () => new JSONResponse({ known: true }, { status: 409 });
      await using client = await testClient(app, { raiseErrors: false });
      const answer = async (path: string) => {
        const { status, text } = await client.get(path);
        return [status, JSON.parse(text) as unknown];
      };
      const fault = { detail: 'Internal Server Error' };
      for (const what of ['bug', '500', '503', '200'])
        expect(await answer(`/plain/${what}`)).toEqual([500, fault]);
      expect(await answer('/plain/known')).toEqual([409, { known: true }]);
      expect(await answer('/plain/http')).toEqual([418, { detail: 'tea' }]);
      expect(await answer('/plain/404')).toEqual([
        404,
        { statusCode: 404, error: 'Not Found', message: 'said with 404' },
      ]);
      expect(await answer('/own/plain/bug')).toEqual([500, { own: 'Error: secret' }]);
      expect(await answer('/below/plain/bug')).toEqual([
        500,
        expect.objectContaining({ title: 'Internal Server Error', status: 500 }),
      ]);
    },
  );

  it.each(Object.keys(programs))('is a fault where %s threw it', async (place) => {
    for (const status of [400, 404, 429]) {
      const one = programs[place]!(() => withStatus(status));
      await using client = await testClient(one, { raiseErrors: false });
      const answer = await client.get('/items/');
      expect([answer.status, detail(answer)]).toEqual([500, 'Internal Server Error']);
    }
  });

  it.each(Object.keys(programs))(
    'and a code of Fastify is the answer also where %s threw it',
    async (place) => {
      const one = programs[place]!(() => withStatus(401, { code: 'FST_SOME_PLUGIN' }));
      await using client = await testClient(one);
      const answer = await client.get('/items/');
      expect([answer.status, detail(answer)]).toEqual([401, 'said with 401']);
    },
  );

  it('is answered by handlers of errors, and goes through the middleware', async () => {
    const guarded = app({
      middleware: [cors({ origins: ['https://shop.example'] })],
      exceptions: [on(429, ({ message }) => new JSONResponse({ message }, { status: 429 }))],
    }).plugin(rateLimit, { max: 1 });
    await using client = await testClient(guarded);
    const headers = { origin: 'https://shop.example' };
    await client.get('/items/', { headers });
    const refused = await client.get('/items/', { headers });
    expect([refused.status, Object.keys(refused.json() as object)]).toEqual([429, ['message']]);
    expect(refused.headers.get('access-control-allow-origin')).toBe('https://shop.example');
  });

  it('that a handler throws is answered by on()', async () => {
    class Teapot extends Error {
      readonly statusCode = 418;
    }
    @Controller('/items')
    class Failing {
      @Get('/') now(): never {
        throw new Teapot('short and stout');
      }
    }
    const one = new Vivace({
      controllers: [Failing],
      exceptions: [
        on(Teapot, ({ statusCode, message }) => {
          throw new HTTPException(statusCode, message);
        }),
      ],
    });
    await using client = await testClient(one);
    expect((await client.get('/items/')).status).toBe(418);
  });
});

describe('a hook that refuses a request and returns before that is sent', () => {
  const reached: string[] = [];
  @Controller('/guarded')
  class Guarded {
    @Get('/') now(): string {
      reached.push('handler');
      return 'secret';
    }
    @Get('/later') async later(_: Request): Promise<string> {
      reached.push('handler');
      return 'secret';
    }
    @WebSocketRoute('/socket') async socket(socket: WebSocket): Promise<void> {
      reached.push('handler');
      await socket.send('secret');
    }
  }
  const refuse = (fastify: FastifyInstance): unknown =>
    fastify.addHook('onRequest', async (_, reply) => {
      reply.send(Object.assign(new Error('no'), { statusCode: 403 }));
    });
  const break_ = (fastify: FastifyInstance): unknown =>
    fastify.addHook('onRequest', async (_, reply) => {
      reply.send(new Error('bug'));
    });
  const pass: Middleware = (_, next) => {
    reached.push('middleware');
    return next();
  };

  it.each([
    ['refuses', refuse, 403, []],
    ['fails', break_, 500, []],
    ['refuses, inside middleware', refuse, 403, [pass]],
    ['fails, inside middleware', break_, 500, [pass]],
  ] as const)('keeps it from what it guards where it %s', async (_, hook, status, middleware) => {
    const guarded = new Vivace({ controllers: [Guarded], middleware }).plugin(hook);
    await using client = await testClient(guarded, { raiseErrors: false });
    reached.length = 0;
    for (const path of ['/guarded/', '/guarded/later', '/docs', '/openapi.json', '/nowhere']) {
      const answer = await client.get(path);
      expect([path, answer.status]).toEqual([path, status]);
      expect(answer.text).not.toContain('secret');
    }
    await expect(client.websocket('/guarded/socket').then((socket) => socket.receive()))
      .rejects //
      .toThrow();
    expect(reached).not.toContain('handler');
  });
});

describe('a hook that replaces the body before it is parsed', () => {
  const upper = (fastify: FastifyInstance): unknown =>
    fastify.addHook('preParsing', async (_request, _reply, payload) => {
      const text = new Transform({
        transform: (chunk: Buffer, _, done) => done(null, chunk.toString().toUpperCase()),
      });
      return payload.pipe(text);
    });
  /** As `fastify-raw-body` does: it listens, and lets Fastify have the same stream. */
  const listen = (fastify: FastifyInstance): unknown =>
    fastify.decorateRequest('heard', '').addHook('preParsing', (request, _reply, payload, done) => {
      const heard = request as unknown as { heard: string };
      payload.on('data', (chunk: Buffer) => (heard.heard += chunk.toString()));
      done(null, payload);
    });

  class Note {
    TEXT?: string;
    text?: string;
  }
  class NoteForm {
    TEXT?: string;
  }
  const guard = dependency(async () => {
    await new Promise((resolve) => setImmediate(resolve));
  });
  @Controller('/notes')
  class Notes {
    @Post('/json') json(@Body() note: Note): Note {
      return note;
    }
    @Post('/form') form(@Form() note: NoteForm): NoteForm {
      return note;
    }
    @Post('/raw') async raw(request: Request): Promise<string> {
      return request.text();
    }
    @Post('/guarded', { dependencies: [guard] }) async guarded(request: Request): Promise<string> {
      const { text } = (await request.json()) as { text: string };
      return `${text} ${(request.fastify as unknown as { heard: string }).heard}`;
    }
  }
  const notes = () => new Vivace({ controllers: [Notes] });

  it('gives its stream to whoever reads the body', async () => {
    await using client = await testClient(notes().plugin(upper));
    expect((await client.post('/notes/json', { json: { text: 'x' } })).json()).toEqual({
      TEXT: 'X',
    });
    expect((await client.post('/notes/form', { form: { text: 'x' } })).json()).toEqual({
      TEXT: 'X',
    });
    expect((await client.post('/notes/raw', { body: 'abc' })).json()).toBe('ABC');
  });

  it('is bound to the limit of the body by what comes out of it', async () => {
    const doubled = (fastify: FastifyInstance): unknown =>
      fastify.addHook('preParsing', async (_request, _reply, payload) =>
        payload.pipe(
          new Transform({
            transform: (chunk: Buffer, _, done) => done(null, Buffer.concat([chunk, chunk])),
          }),
        ),
      );
    const limited = new Vivace({ controllers: [Notes], bodyLimit: 100 }).plugin(doubled);
    await using client = await testClient(limited);
    expect((await client.post('/notes/raw', { body: 'x'.repeat(50) })).status).toBe(200);
    expect((await client.post('/notes/raw', { body: 'x'.repeat(51) })).status).toBe(413);
  });

  it('may listen to the body that is read later', async () => {
    await using client = await testClient(notes().plugin(listen));
    const body = JSON.stringify({ text: 'x'.repeat(100_000) });
    const headers = { 'content-type': 'application/json' };
    const answer = await client.post('/notes/guarded', { body, headers });
    expect([answer.status, answer.json()]).toEqual([200, `${'x'.repeat(100_000)} ${body}`]);
  });
});

describe("a logger of one's own", () => {
  const linesOf = (make: (stream: Log['options']['stream']) => VivaceOptions) => {
    const log = new Log();
    return { log, options: make(log.options.stream) };
  };
  it.each<[string, (stream: Log['options']['stream']) => VivaceOptions]>([
    ['logger: pino(…)', (stream) => ({ logger: pino({ base: { shop: 1 } }, stream) })],
    [
      'fastify: { loggerInstance }',
      (stream) => ({ fastify: { loggerInstance: pino({ base: { shop: 1 } }, stream) } }),
    ],
    ['a child of it', (stream) => ({ logger: pino({}, stream).child({ shop: 1 }) })],
    ['its options', (stream) => ({ logger: { base: { shop: 1 }, stream } })],
  ])('works as %s', async (_, make) => {
    const { log, options } = linesOf(make);
    @Controller('/items')
    class Logging {
      @Get('/') now(request: Request): string {
        request.log.info('seen');
        throw new TypeError('bug');
      }
    }
    const one = new Vivace({ controllers: [Logging], ...options });
    await using client = await testClient(one, { raiseErrors: false });
    await client.get('/items/');
    expect(await log.line('seen')).toMatchObject({ shop: 1, reqId: expect.any(String) });
    expect(await log.line('Unhandled error')).toMatchObject({
      shop: 1,
      err: { type: 'TypeError', message: 'bug' },
    });
  });
});
