import express from 'express';
import { get, type IncomingMessage, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { Controller, Get, HTTPException, Vivace, type Middleware, type Server } from 'vivace';
import { JSONResponse } from 'vivace/responses';
import { testClient } from 'vivace/testing';

const layer: Middleware = async (request, next) => {
  const response = await next();
  response.headers.set('x-layer', `${request.path} ${response.status}`);
  return response;
};

@Controller()
class Main {
  @Get('/legacy/new')
  fresh() {
    return 'ours';
  }
}

/** An Express application that knows where it is mounted. */
function legacyAt(path: string) {
  const knowing = express();
  const router = express.Router();
  router.get('/{*rest}', (request, response) => void response.json(request.originalUrl));
  return knowing.use(path, router);
}

describe('an Express application', () => {
  const legacy = express();
  legacy.use(express.json());
  legacy.get('/where', (request, response) => {
    response.json([request.url, request.originalUrl, request.query, request.get('host')]);
  });
  legacy.post('/echo', (request, response) => {
    response.status(201).cookie('a', '1').cookie('b', '2').send(request.body);
  });
  legacy.get('/pieces', (_, response) => {
    response.type('text/plain');
    Readable.from(['one ', 'two ', 'x'.repeat(200_000)]).pipe(response);
  });
  legacy.get('/away', (_, response) => response.redirect('/elsewhere'));
  legacy.get('/empty', (_, response) => void response.status(204).end());
  legacy.get('/broken', () => {
    throw new RangeError('boom');
  });
  const received = Promise.withResolvers<void>();
  legacy.get('/half', (_, response) => {
    response.write('half');
    void received.promise.then(() => response.destroy(new Error('lost')));
  });
  const app = new Vivace({ controllers: [Main], middleware: [layer] }).mount('/legacy', legacy);

  it('sees addresses without the path, and its answer goes through middleware', async () => {
    await using client = await testClient(app);
    const response = await client.get('/legacy/where?a=1', { params: { b: 2 } });
    expect(response.json()).toEqual([
      '/where?a=1&b=2',
      '/legacy/where?a=1&b=2',
      { a: '1', b: '2' },
      'testserver',
    ]);
    expect(response.headers.get('x-layer')).toBe('/legacy/where 200');
    expect(response.headers.get('x-powered-by')).toBe('Express');
  });

  it('sees the whole address where its path is kept', async () => {
    const kept = new Vivace()
      .mount('/jobs', legacyAt('/jobs'), { keepPrefix: true })
      .mount('/api', (request: Request) => Response.json(new URL(request.url).pathname), {
        keepPrefix: true,
      });
    const around = new Vivace().mount('/admin', kept);
    await using client = await testClient(kept);
    await using outer = await testClient(around);
    expect((await client.get('/jobs/where?a=1')).json()).toBe('/jobs/where?a=1');
    expect((await client.get('/jobs')).json()).toBe('/jobs');
    expect((await client.get('/api/x')).json()).toBe('/api/x');
    expect((await outer.get('/admin/api/x')).json()).toBe('/admin/api/x');
  });

  it('reads bodies, sets status, headers and cookies', async () => {
    await using client = await testClient(app);
    const response = await client.post('/legacy/echo', { json: { n: 1 } });
    expect([response.status, response.json(), response.headers.get('content-type')]).toEqual([
      201,
      { n: 1 },
      'application/json; charset=utf-8',
    ]);
    expect(response.cookies).toEqual({ a: '1', b: '2' });
  });

  it('streams, redirects and answers nothing', async () => {
    await using client = await testClient(app, { followRedirects: false });
    const pieces = await client.get('/legacy/pieces');
    expect([pieces.text.length, pieces.text.slice(0, 8)]).toEqual([200_008, 'one two ']);
    expect((await client.get('/legacy/away')).headers.get('location')).toBe('/elsewhere');
    const empty = await client.get('/legacy/empty');
    expect([empty.status, empty.text]).toEqual([204, '']);
    const head = await client.request('HEAD', '/legacy/where');
    expect([head.status, head.text, Number(head.headers.get('content-length')) > 0]).toEqual([
      200,
      '',
      true,
    ]);
  });

  it('leaves to us what it does not know, and the errors it does not answer', async () => {
    await using client = await testClient(app, { raiseErrors: false });
    expect((await client.get('/legacy/nothing')).json()).toEqual({ detail: 'Not Found' });
    expect((await client.get('/legacy/broken')).json()).toEqual({
      detail: 'Internal Server Error',
    });
    const malformed = await client.post('/legacy/echo', {
      body: '{',
      headers: { 'content-type': 'application/json' },
    });
    expect(malformed.status).toBe(400);
    expect((await client.get('/legacyish/where')).status).toBe(404);
  });

  it('gives way to routes of ours', async () => {
    await using client = await testClient(app);
    expect((await client.get('/legacy/new')).json()).toBe('ours');
  });

  it('breaks off an answer that it cannot finish', async () => {
    await using server = await listening(app);
    const half = (await fetch(`${server.url}/legacy/half`)).body!.getReader();
    expect(Buffer.from((await half.read()).value!).toString()).toBe('half');
    received.resolve();
    await expect(half.read()).rejects.toThrow();
    expect((await fetch(`${server.url}/legacy/where`)).status).toBe(200);
  });
});

describe('a Connect handler', () => {
  const handler = (
    request: IncomingMessage,
    response: ServerResponse,
    next: (error?: unknown) => void,
  ): void => {
    if (request.url === '/teapot') return next(new HTTPException(418, 'short and stout'));
    if (request.url === '/late')
      return void setImmediate(() => response.writeHead(203, 'Fine', { 'x-a': '1' }).end('late'));
    if (request.url === '/flat')
      return void response.writeHead(200, ['x-a', '1', 'x-b', '2']).end();
    next();
  };

  it('may answer later, write its head at once, or hand on', async () => {
    await using client = await testClient(new Vivace().mount('/old', handler));
    const late = await client.get('/old/late');
    expect([late.status, late.headers.get('x-a'), late.text]).toEqual([203, '1', 'late']);
    expect((await client.get('/old/flat')).headers.get('x-b')).toBe('2');
    expect((await client.get('/old/teapot')).json()).toEqual({ detail: 'short and stout' });
    expect((await client.get('/old')).status).toBe(404);
  });
});

describe('a fetch handler', () => {
  const application = {
    seen: 0,
    async fetch(request: Request): Promise<Response> {
      this.seen += 1;
      const url = new URL(request.url);
      if (url.pathname === '/gone') return new Response(null, { status: 410 });
      if (url.pathname === '/nothing') return undefined as never;
      const headers = new Headers({ 'x-seen': String(this.seen) });
      headers.append('set-cookie', 'a=1');
      headers.append('set-cookie', 'b=2');
      return Response.json(
        [request.method, url.href, await request.text(), request.headers.get('x-mine')],
        { status: 202, headers },
      );
    },
  };

  it('has the request and response of the web platform', async () => {
    await using client = await testClient(
      new Vivace({ middleware: [layer] }).mount('/web', application),
    );
    const response = await client.post('/web/a%20b?c=d', {
      body: 'text',
      headers: { 'x-mine': 'yes' },
    });
    expect(response.json()).toEqual(['POST', 'http://testserver/a%20b?c=d', 'text', 'yes']);
    expect([
      response.status,
      response.headers.get('x-layer'),
      response.headers.get('x-seen'),
    ]).toEqual([202, '/web/a b 202', '1']);
    expect(response.cookies).toEqual({ a: '1', b: '2' });
    expect((await client.get('/web')).json()).toMatchObject({ 1: 'http://testserver/' });
    expect((await client.get('/web/gone')).status).toBe(410);
  });

  it('may be a function; one that gives no response is an error', async () => {
    const app = new Vivace()
      .mount('/', (request: Request) => Response.json(new URL(request.url).pathname))
      .mount('/web', application)
      .mount('/api', () => undefined as never, {});
    await expect(app.build()).rejects.toThrow(
      "[MOUNT_VALUE] mount('/api'): The handler names no parameters.",
    );
    await using client = await testClient(
      new Vivace()
        .mount('/', (request: Request) => Response.json(new URL(request.url).pathname))
        .mount('/web', application),
    );
    expect((await client.get('/any/thing')).json()).toBe('/any/thing');
    await expect(client.get('/web/nothing')).rejects.toThrow(
      'The fetch handler below /web gave no Response.',
    );
  });

  it('sees what middleware has read, and when the client leaves', async () => {
    const left = Promise.withResolvers<void>();
    const reading: Middleware = async (request, next) =>
      (await request.text()) === 'stop' ? new JSONResponse('stopped') : next();
    const app = new Vivace({ middleware: [reading] }).mount('/web', async (request: Request) => {
      if (request.method === 'POST') return new Response(await request.text());
      request.signal.addEventListener('abort', () => left.resolve());
      return new Response(
        new ReadableStream({ start: (controller) => controller.enqueue(Buffer.from('first')) }),
      );
    });
    await using server = await listening(app);
    expect(await (await fetch(`${server.url}/web`, { method: 'POST', body: 'go on' })).text()).toBe(
      'go on',
    );
    expect(await (await fetch(`${server.url}/web`, { method: 'POST', body: 'stop' })).json()).toBe(
      'stopped',
    );
    const leaving = get(`${server.url}/web`, { agent: false }, (response) =>
      response.once('data', () => leaving.destroy()),
    );
    await left.promise;
  });

  it('is heard before it has all to say', async () => {
    const words = new TransformStream<string, string>();
    await using server = await listening(
      new Vivace().mount(
        '/web',
        (_: Request) => new Response(words.readable.pipeThrough(new TextEncoderStream())),
      ),
    );
    const response = await fetch(`${server.url}/web`);
    const writer = words.writable.getWriter();
    void writer.write('late').then(() => writer.close());
    expect(await response.text()).toBe('late');
  });

  it('is mounted for a host only, where one is named', async () => {
    await using client = await testClient(
      new Vivace().mount('/web', application, { host: 'web.test' }),
    );
    expect((await client.get('/web/x')).status).toBe(404);
    expect((await client.get('/web/x', { headers: { host: 'web.test:80' } })).status).toBe(202);
  });
});

async function listening(app: Vivace): Promise<Server> {
  return app.listen({ port: 0, handleSignals: false });
}
