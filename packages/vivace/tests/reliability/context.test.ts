import { AsyncLocalStorage } from 'node:async_hooks';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  BackgroundTasks,
  Controller,
  Depends,
  Get,
  HTTPException,
  Post,
  Vivace,
  WebSocket,
  WebSocketRoute,
  dependency,
  on,
  type Middleware,
} from 'vivace';
import { EventSourceResponse, JSONResponse } from 'vivace/responses';
import { testClient } from 'vivace/testing';

const context = new AsyncLocalStorage<string>();
const seen: Record<string, (string | undefined)[]> = {};
const note = (place: string): void => void (seen[place] ??= []).push(context.getStore());

/** Each request has a context of its own. */
const inContext: Middleware = (request, next) =>
  context.run(request.headers.get('x-id') ?? 'none', next);

const noting = (name: string, scope: 'function' | 'request') =>
  dependency(
    async function* () {
      note(`${name} opens`);
      try {
        yield name;
      } finally {
        await sleep(1);
        note(`${name} closes`);
      }
    },
    { scope },
  );
/** Each text when the one before it has arrived. */
async function* inTurn(texts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) {
    await sleep(1);
    yield new TextEncoder().encode(text);
  }
}
const session = noting('session', 'function');
const trace = noting('trace', 'request');

class Note {
  text!: string;
}

@Controller()
class Api {
  @Get('/value')
  async value(
    @Depends(session) _session: string,
    @Depends(trace) _trace: string,
    tasks: BackgroundTasks,
  ): Promise<string> {
    await sleep(1);
    note('handler');
    tasks.add(async () => {
      note('task begins');
      await sleep(1);
      note('task goes on');
    });
    return 'value';
  }

  @Get('/lines')
  async *lines(
    @Depends(session) _session: string,
    @Depends(trace) _trace: string,
  ): AsyncIterable<number> {
    for (let count = 0; count < 3; count += 1) {
      note(`item ${count}`);
      yield count;
      await sleep(1);
    }
    note('end');
  }

  @Get('/events', { responseClass: EventSourceResponse })
  async *events(@Depends(trace) _trace: string): AsyncIterable<number> {
    for (let count = 0; count < 3; count += 1) {
      note(`event ${count}`);
      yield count;
    }
  }

  @Post('/fails')
  fails(@Depends(session) _session: string, @Depends(trace) _trace: string): string {
    note('handler');
    throw new Error('bug');
  }

  @Post('/body')
  body(sent: Note): string {
    note('handler of a body');
    return sent.text;
  }

  @WebSocketRoute('/socket')
  async socket(
    socket: WebSocket,
    @Depends(session) _session: string,
    tasks: BackgroundTasks,
  ): Promise<void> {
    note('socket opens');
    tasks.add(() => note('task'));
    for await (const text of socket.messages()) {
      note('message');
      await socket.send(text);
    }
  }
}

const app = new Vivace({ controllers: [Api], middleware: [inContext] }).plugin((fastify) => {
  fastify.get('/plain', async () => {
    note('plain route');
    await sleep(1);
    note('plain route goes on');
    return 'plain';
  });
});

beforeEach(() => {
  for (const place of Object.keys(seen)) delete seen[place];
});

describe('what middleware runs a request in', () => {
  it.each([
    ['GET', '/value', 7],
    ['GET', '/lines', 8],
    ['GET', '/events', 5],
    ['POST', '/fails', 5],
    ['GET', '/plain', 2],
  ])('lasts for %s %s to the last clean-up', async (method, path, places) => {
    await using client = await testClient(app, { raiseErrors: false });
    const ids = ['a', 'b', 'c'];
    await Promise.all(ids.map((id) => client.request(method, path, { headers: { 'x-id': id } })));
    expect(Object.keys(seen)).toHaveLength(places);
    for (const [place, found] of Object.entries(seen))
      expect([place, found.toSorted()]).toEqual([place, ids]);
  });

  it('lasts for a handler whose body comes in pieces', async () => {
    await using server = await app.listen({ port: 0 });
    const body = new ReadableStream<Uint8Array>({
      async start(controller) {
        controller.enqueue(new TextEncoder().encode('{"text":'));
        await sleep(1);
        controller.enqueue(new TextEncoder().encode('"x"}'));
        controller.close();
      },
    });
    const init = { method: 'POST', body, duplex: 'half' } as const;
    const headers = { 'x-id': 'a', 'content-type': 'application/json' };
    expect(await (await fetch(`${server.url}/body`, { ...init, headers })).json()).toBe('x');
    expect(seen).toEqual({ 'handler of a body': ['a'] });
  });

  it.each(['middleware', 'a plugin'])(
    'lasts to the answer of what comes too late or is too large, never that of another request: by %s',
    async (by) => {
      @Controller()
      class Slow {
        @Post('/late')
        async late(sent: Note, signal: AbortSignal): Promise<string> {
          note('handler');
          signal.addEventListener('abort', () => note('aborted'));
          await once(signal, 'abort');
          return sent.text;
        }
        @Post('/short', { bodyLimit: 8 })
        short(sent: Note): string {
          return sent.text;
        }
      }
      const slow = new Vivace({
        controllers: [Slow],
        middleware: by === 'middleware' ? [inContext] : [],
        timeouts: { handler: 0.05 },
        exceptions: [
          on(HTTPException, ({ status }) => {
            note(`answer ${status}`);
            return new JSONResponse(context.getStore(), { status });
          }),
        ],
      });
      if (by !== 'middleware')
        slow.plugin((fastify) => {
          fastify.addHook('onRequest', (request, _, done) =>
            context.run(String(request.headers['x-id']), done),
          );
        });
      await using server = await slow.listen({ port: 0, handleSignals: false });
      const ids = ['a', 'b', 'c'];
      const send = (path: string, pieces: readonly string[]) =>
        Promise.all(
          ids.map(async (id) => {
            const body = Readable.toWeb(Readable.from(inTurn(pieces)));
            const headers = { 'x-id': id, 'content-type': 'application/json' };
            const init = {
              method: 'POST',
              headers,
              body,
              duplex: 'half',
            } as unknown as RequestInit;
            return (await fetch(server.url + path, init)).json();
          }),
        );
      // What takes too long is answered around all middleware, in no context of it.
      const around = by === 'middleware' ? ids.map(() => undefined) : ids;
      expect(await send('/late', ['{"text":', '"x"}'])).toEqual(around.map((id) => id ?? null));
      expect(await send('/short', ['{"text":', '"much"}'])).toEqual(ids);
      const each = (place: string) => seen[place]?.toSorted();
      expect([each('handler'), each('answer 413')]).toEqual([ids, ids]);
      expect([each('aborted'), each('answer 503')]).toEqual([around, around]);
    },
  );

  it('lasts for a WebSocket to its last clean-up', async () => {
    await using client = await testClient(app);
    for (const id of ['a', 'b']) {
      await using socket = await client.websocket('/socket', { headers: { 'x-id': id } });
      for (const text of ['one', 'two']) {
        await socket.send(text);
        await socket.receive();
      }
      await socket.close();
    }
    expect(seen).toEqual({
      'session opens': ['a', 'b'],
      'socket opens': ['a', 'b'],
      message: ['a', 'a', 'b', 'b'],
      'session closes': ['a', 'b'],
      task: ['a', 'b'],
    });
  });

  it('lasts where a plugin of Fastify runs it', async () => {
    const plain = new Vivace({ controllers: [Api] }).plugin((fastify) => {
      fastify.addHook('onRequest', (request, _, done) =>
        context.run(String(request.headers['x-id']), done),
      );
    });
    await using client = await testClient(plain);
    await client.get('/value', { headers: { 'x-id': 'a' } });
    await client.get('/lines', { headers: { 'x-id': 'a' } });
    await client.post('/body', { headers: { 'x-id': 'a' }, json: { text: 'x' } });
    expect(seen['handler of a body']).toEqual(['a']);
    expect(new Set(Object.values(seen).flat())).toEqual(new Set(['a']));
  });
});
