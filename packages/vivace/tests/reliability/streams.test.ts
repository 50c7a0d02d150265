import { once, EventEmitter } from 'node:events';
import { Readable } from 'node:stream';
import type { ReadableStream as WebStream } from 'node:stream/web';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  BackgroundTasks,
  Controller,
  Depends,
  Get,
  HTTPException,
  Header,
  Post,
  Reply,
  Vivace,
  dependency,
  int,
  on,
} from 'vivace';
import {
  EventSourceResponse,
  JSONResponse,
  ServerSentEvent,
  StreamingResponse,
} from 'vivace/responses';
import { compress } from 'vivace/middleware';
import { ask, Log } from './wire';

/** What happened, in order; a test may wait for one of its entries. */
class Trace {
  readonly entries: string[] = [];
  readonly #news = new EventEmitter();

  add(entry: string): void {
    this.entries.push(entry);
    this.#news.emit('entry');
  }

  async until(entry: string, times = 1): Promise<readonly string[]> {
    while (this.entries.filter((one) => one === entry).length < times)
      await once(this.#news, 'entry');
    return this.entries;
  }
}

class Item {
  name!: string;
  price!: number;
}
interface Stored extends Item {
  secret: string;
}
const fail = (error: Error): never => {
  throw error;
};
const stored = (name: string): Stored => ({ name, price: 1.5, secret: 'leak' });

const serve = (
  controller: new (...args: never[]) => object,
  options: ConstructorParameters<typeof Vivace>[0] = {},
) =>
  new Vivace({ controllers: [controller], ...options }).listen({ port: 0, handleSignals: false });

describe('a generator handler', () => {
  it('sends each item as a line when it is there, with its declared fields only', async () => {
    const next = new EventEmitter();
    @Controller()
    class Items {
      @Get('/')
      async *items(): AsyncIterable<Item> {
        yield stored('a');
        await once(next, 'go');
        yield stored('b');
      }
    }
    await using server = await serve(Items);
    const answer = await ask(server, '/');
    expect(answer.headers['content-type']).toBe('application/jsonl');
    expect(await answer.until('\n')).toBe('{"name":"a","price":1.5}\n');
    next.emit('go');
    expect(await answer.end()).toEqual({
      text: '{"name":"a","price":1.5}\n{"name":"b","price":1.5}\n',
      whole: true,
    });
  });

  it('takes an error before the first item for the answer, rolls back and runs no task', async () => {
    const trace = new Trace();
    const session = dependency(async function* () {
      try {
        yield 'session';
        trace.add('commit');
      } catch (error) {
        trace.add(`rollback: ${String(error)}`);
        throw error;
      }
    });
    class Empty extends Error {}
    @Controller()
    class Items {
      @Get('/missing')
      async *missing(
        @Depends(session) _session: string,
        tasks: BackgroundTasks,
      ): AsyncIterable<Item> {
        tasks.add(() => trace.add('task'));
        yield fail(new HTTPException(404, 'no items', { headers: { 'x-hint': 'later' } }));
      }
      @Get('/empty')
      *empty(): Iterable<Item> {
        yield fail(new Empty('nothing'));
      }
      @Get('/broken')
      async *broken(): AsyncIterable<Item> {
        yield { name: 'no price' } as Item;
      }
      @Get('/events', { responseClass: EventSourceResponse })
      async *events(): AsyncIterable<Item> {
        yield fail(new HTTPException(403, 'not yours'));
      }
    }
    const log = new Log();
    await using server = await serve(Items, {
      logger: log.options,
      exceptions: [on(Empty, () => new JSONResponse({ detail: 'empty' }, { status: 410 }))],
    });
    const missing = await ask(server, '/missing');
    expect([missing.status, missing.headers['x-hint'], (await missing.end()).text]).toEqual([
      404,
      'later',
      '{"detail":"no items"}',
    ]);
    expect(trace.entries).toEqual(['rollback: HTTPException: no items']);
    const empty = await ask(server, '/empty');
    expect([empty.status, (await empty.end()).text]).toEqual([410, '{"detail":"empty"}']);
    const broken = await ask(server, '/broken');
    expect([broken.status, (await broken.end()).text]).toEqual([
      500,
      '{"detail":"Internal Server Error"}',
    ]);
    expect((await log.line('Unhandled error')).err).toMatchObject({
      type: 'ResponseValidationError',
      message: 'response.price: Field required',
    });
    const events = await ask(server, '/events');
    expect([
      events.status,
      events.headers['content-type'],
      events.headers['cache-control'],
    ]).toEqual([403, 'application/json', undefined]);
  });

  it('breaks the connection off at an error in the middle, after what was sent before, and logs it with the request', async () => {
    const trace = new Trace();
    const session = dependency(async function* () {
      try {
        yield 'session';
        trace.add('commit');
      } catch (error) {
        trace.add(`rollback: ${String(error)}`);
        throw error;
      } finally {
        trace.add('closed');
      }
    });
    @Controller()
    class Items {
      @Get('/')
      async *items(
        @Depends(session) _session: string,
        tasks: BackgroundTasks,
      ): AsyncIterable<Item> {
        tasks.add(() => trace.add('task'));
        yield stored('a');
        throw new RangeError('disk of /srv/secret is full');
      }
    }
    const log = new Log();
    await using server = await serve(Items, { logger: log.options });
    const answer = await ask(server, '/');
    expect(await answer.end()).toEqual({ text: '{"name":"a","price":1.5}\n', whole: false });
    expect(await log.line('Unhandled error')).toMatchObject({
      level: 50,
      reqId: 'req-1',
      err: { message: 'disk of /srv/secret is full' },
    });
    expect(await trace.until('closed')).toEqual([
      'rollback: RangeError: disk of /srv/secret is full',
      'closed',
    ]);
    expect((await ask(server, '/')).status).toBe(200);
  });

  it('tells readers of events of an error in the middle, without what is behind it', async () => {
    @Controller('', { responseClass: EventSourceResponse })
    class Events {
      @Get('/bug')
      async *bug(): AsyncIterable<Item> {
        yield stored('a');
        throw new RangeError('secret');
      }
      @Get('/gone')
      async *gone(): AsyncIterable<Item> {
        yield stored('a');
        throw new HTTPException(410, 'sold out');
      }
    }
    const log = new Log();
    await using server = await serve(Events, { logger: log.options });
    const first = 'data: {"name":"a","price":1.5}\n\n';
    expect(await (await ask(server, '/bug')).end()).toEqual({
      text: `${first}event: error\ndata: {"detail":"Internal Server Error"}\n\n`,
      whole: false,
    });
    expect(await (await ask(server, '/gone')).end()).toEqual({
      text: `${first}event: error\ndata: {"detail":"sold out"}\n\n`,
      whole: false,
    });
    expect(await log.line('A response broke off')).toMatchObject({ err: { message: 'sold out' } });
    expect(
      log.lines.filter(({ err }) => err !== undefined).map(({ err }) => (err as Error).message),
    ).toEqual(['secret', 'sold out']);
  });

  it('keeps its dependencies until the stream ends, those of scope request until after the tasks', async () => {
    const trace = new Trace();
    const opened = (name: string) =>
      dependency(function* () {
        trace.add(`open ${name}`);
        yield name;
        trace.add(`close ${name}`);
      });
    const inner = opened('function');
    const outer = opened('request');
    @Controller()
    class Items {
      @Get('/')
      async *items(
        @Depends(inner) _inner: string,
        @Depends(outer, { scope: 'request' }) _outer: string,
        tasks: BackgroundTasks,
      ): AsyncIterable<number> {
        tasks.add(() => trace.add('task'));
        yield 1;
        await sleep(1);
        yield 2;
        trace.add('last item');
      }
    }
    await using server = await serve(Items);
    expect((await (await ask(server, '/')).end()).text).toBe('1\n2\n');
    expect(await trace.until('close request')).toEqual([
      'open function',
      'open request',
      'last item',
      'close function',
      'task',
      'close request',
    ]);
  });

  it.each(['identity', 'gzip'])('is whole only if its session commits, as %s', async (encoding) => {
    const done: string[] = [];
    let begun = Promise.withResolvers<void>();
    async function* first<T>(item: T): AsyncGenerator<T> {
      yield item;
      await begun.promise;
    }
    const endOf = async (answer: Awaited<ReturnType<typeof ask>>) => {
      begun.resolve();
      const end = await answer.end();
      begun = Promise.withResolvers();
      return end;
    };
    const failing = dependency(async function* () {
      yield 'session';
      await sleep(1);
      throw new HTTPException(409, 'not committed');
    });
    const whole = dependency(
      async function* () {
        try {
          yield 'outer';
          done.push('committed');
        } catch (error) {
          done.push((error as Error).message);
          throw error;
        }
      },
      { scope: 'request' },
    );
    @Controller('', { dependencies: [whole], middleware: [compress()] })
    class Imports {
      @Get('/lines')
      async *lines(@Depends(failing) _: string, tasks: BackgroundTasks): AsyncIterable<number> {
        tasks.add(() => done.push('task'));
        yield* first(1);
      }
      @Get('/chunks')
      chunks(@Depends(failing) _: string): StreamingResponse {
        return new StreamingResponse(first('1\n'), { media: 'text/plain' });
      }
      @Get('/events', { responseClass: EventSourceResponse })
      async *events(@Depends(failing) _: string): AsyncIterable<number> {
        yield* first(1);
      }
      @Get('/nothing')
      async *nothing(@Depends(failing) _: string): AsyncIterable<number> {}
      @Get('/good')
      async *good(tasks: BackgroundTasks): AsyncIterable<number> {
        tasks.add(() => done.push('task'));
        yield 1;
      }
    }
    const log = new Log();
    {
      await using server = await serve(Imports, { logger: log.options });
      const headers = { 'accept-encoding': encoding };
      for (const path of ['/lines', '/chunks']) {
        const answer = await ask(server, path, { headers });
        expect([answer.status, (await endOf(answer)).whole]).toEqual([200, false]);
      }
      const events = await endOf(await ask(server, '/events', { headers }));
      expect(events).toEqual({
        text: 'data: 1\n\nevent: error\ndata: {"detail":"not committed"}\n\n',
        whole: false,
      });
      const nothing = await ask(server, '/nothing', { headers });
      expect([nothing.status, (await nothing.end()).text]).toEqual([
        409,
        '{"detail":"not committed"}',
      ]);
      expect((await (await ask(server, '/good', { headers })).end()).whole).toBe(true);
    }
    expect(done.toSorted()).toEqual([
      'committed',
      ...Array.from({ length: 4 }, () => 'not committed'),
      'task',
    ]);
    // Each is logged once.
    expect(log.lines.filter(({ err }) => err !== undefined)).toHaveLength(3);
  });

  it('goes on for longer than a handler may take, once it has begun', async () => {
    @Controller()
    class Items {
      @Get('/')
      async *items(): AsyncIterable<number> {
        yield 1;
        await sleep(120);
        yield 2;
      }
    }
    await using server = await serve(Items, { timeouts: { handler: 0.04 } });
    expect(await (await ask(server, '/')).end()).toEqual({ text: '1\n2\n', whole: true });
  });

  it('is answered 503 when its first item takes too long, and is closed when that comes', async () => {
    const trace = new Trace();
    const next = new EventEmitter();
    @Controller()
    class Items {
      @Get('/')
      async *items(signal: AbortSignal): AsyncIterable<number> {
        signal.addEventListener('abort', () => trace.add('aborted'));
        try {
          await once(next, 'go');
          yield 1;
          trace.add('nobody asked for this');
        } finally {
          trace.add('closed');
        }
      }
    }
    await using server = await serve(Items, { timeouts: { handler: 0.02 } });
    expect((await ask(server, '/')).status).toBe(503);
    expect(await trace.until('aborted')).toEqual(['aborted']);
    next.emit('go');
    expect(await trace.until('closed')).toEqual(['aborted', 'closed']);
  });

  it('takes its status, headers and cookies from Reply', async () => {
    @Controller()
    class Items {
      @Get('/')
      async *items(reply: Reply): AsyncIterable<number> {
        reply.status = 203;
        reply.headers.set('x-total', '1');
        reply.setCookie('seen', 'yes');
        yield 1;
      }
    }
    await using server = await serve(Items);
    const answer = await ask(server, '/');
    expect([answer.status, answer.headers['x-total'], answer.headers['set-cookie']]).toEqual([
      203,
      '1',
      ['seen=yes; Path=/; SameSite=lax'],
    ]);
  });
});

describe('a client that leaves', () => {
  it('ends the generator, aborts the signal and rolls back', async () => {
    const trace = new Trace();
    const session = dependency(async function* () {
      try {
        yield 'session';
      } catch (error) {
        trace.add(`rollback: ${(error as Error).name}`);
        throw error;
      } finally {
        trace.add('closed');
      }
    });
    @Controller()
    class Items {
      @Get('/')
      async *items(
        @Depends(session) _session: string,
        signal: AbortSignal,
        tasks: BackgroundTasks,
      ): AsyncIterable<number> {
        tasks.add(() => trace.add('task'));
        signal.addEventListener('abort', () => trace.add('aborted'));
        try {
          yield 1;
          await sleep(60_000, undefined, { signal });
        } finally {
          trace.add('finally');
        }
      }
    }
    await using server = await serve(Items);
    const answer = await ask(server, '/');
    await answer.until('\n');
    answer.leave();
    expect(await trace.until('closed')).toEqual([
      'aborted',
      'finally',
      'rollback: AbortError',
      'closed',
    ]);
  });

  it('leaves nothing behind, however many do it', async () => {
    const trace = new Trace();
    @Controller('', { responseClass: EventSourceResponse })
    class Events {
      @Get('/')
      async *events(signal: AbortSignal): AsyncIterable<number> {
        try {
          yield 1;
          await sleep(60_000, undefined, { signal });
        } finally {
          trace.add('closed');
        }
      }
    }
    await using server = await serve(Events);
    const answers = await Promise.all(Array.from({ length: 60 }, () => ask(server, '/')));
    await Promise.all(answers.map((answer) => answer.until('\n')));
    for (const answer of answers) answer.leave();
    await trace.until('closed', 60);
    expect(trace.entries).toHaveLength(60);
  });

  it.each(['identity', 'gzip'])('is no fault of a stream of any kind, as %s', async (encoding) => {
    const stopped: string[] = [];
    const left = new EventEmitter();
    const endless = (kind: string) =>
      (async function* () {
        try {
          yield Buffer.from('first');
          await once(left, 'everybody');
        } finally {
          stopped.push(kind);
        }
      })();
    @Controller('', { middleware: [compress()] })
    class Endless {
      @Get('/lines')
      async *lines(): AsyncIterable<string> {
        for await (const chunk of endless('lines')) yield String(chunk);
      }
      @Get('/chunks')
      chunks(): StreamingResponse {
        return new StreamingResponse(endless('chunks'), { media: 'text/plain' });
      }
      @Get('/node', { response: false })
      node(): Readable {
        return Readable.from(endless('node'));
      }
      @Get('/given')
      given(): StreamingResponse {
        return new StreamingResponse(Readable.from(endless('given')), { media: 'text/plain' });
      }
      @Get('/web', { response: false })
      web(): WebStream {
        return Readable.toWeb(Readable.from(endless('web')));
      }
      @Get('/response', { response: false })
      response(): globalThis.Response {
        return new globalThis.Response(
          Readable.toWeb(Readable.from(endless('response'))) as BodyInit,
        );
      }
    }
    const log = new Log();
    const kinds = ['lines', 'chunks', 'node', 'given', 'web', 'response'];
    {
      await using server = await serve(Endless, { logger: log.options });
      for (const kind of kinds) {
        const headers = { 'accept-encoding': encoding };
        const answer = await ask(server, `/${kind}`, { headers });
        expect((await answer.until('')).length).toBeGreaterThanOrEqual(0);
        answer.leave();
      }
      left.emit('everybody');
    }
    expect(stopped.toSorted()).toEqual(kinds.toSorted());
    expect(log.lines.filter(({ level }) => Number(level) >= 40)).toEqual([]);
  });

  it('is noticed before the first item', async () => {
    const trace = new Trace();
    @Controller()
    class Items {
      @Get('/')
      async *items(signal: AbortSignal): AsyncIterable<number> {
        trace.add('begun');
        try {
          await sleep(60_000, undefined, { signal });
          yield 1;
        } finally {
          trace.add('closed');
        }
      }
    }
    await using server = await serve(Items);
    const leaving = new AbortController();
    const answer = fetch(`${server.url}/`, { signal: leaving.signal });
    await trace.until('begun');
    leaving.abort();
    await expect(answer).rejects.toThrow('aborted');
    expect(await trace.until('closed')).toEqual(['begun', 'closed']);
  });

  it('who only asks for the head ends the stream at once', async () => {
    const trace = new Trace();
    @Controller('', { responseClass: EventSourceResponse })
    class Events {
      @Get('/')
      async *events(): AsyncIterable<number> {
        try {
          for (;;) yield 1;
        } finally {
          trace.add('closed');
        }
      }
    }
    await using server = await serve(Events);
    const head = await ask(server, '/', { method: 'HEAD' });
    expect([head.status, head.headers['content-type'], head.headers['content-length']]).toEqual([
      200,
      'text/event-stream; charset=utf-8',
      undefined,
    ]);
    expect(await head.end()).toEqual({ text: '', whole: true });
    await trace.until('closed');
  });
});

describe('the pace of the client', () => {
  it('is that of the generator: a client that does not read holds it back', async () => {
    let made = 0;
    const piece = 'x'.repeat(64 * 1024);
    @Controller('', { responseClass: StreamingResponse })
    class Chunks {
      @Get('/')
      async *pieces(): AsyncIterable<string> {
        for (; made < 10_000; made += 1) yield piece;
      }
    }
    await using server = await serve(Chunks);
    const answer = await ask(server, '/');
    let before = -1;
    // The buffers of the operating system take some megabytes.
    while (before !== made) {
      before = made;
      await sleep(100);
    }
    expect(made).toBeGreaterThan(0);
    expect(made * piece.length).toBeLessThan(64 * 1024 * 1024);
    answer.leave();
  });

  it('leaves room for others, also where a generator never waits', async () => {
    @Controller()
    class Items {
      @Get('/forever')
      *forever(): Iterable<number> {
        for (let number = 0; ; number += 1) yield number;
      }
      @Get('/other')
      other(): string {
        return 'served';
      }
    }
    await using server = await serve(Items);
    const forever = await ask(server, '/forever');
    const reading = forever.end();
    expect((await (await ask(server, '/other')).end()).text).toBe('"served"');
    forever.leave();
    expect(await reading).toMatchObject({ whole: false });
  });
});

describe('server-sent events', () => {
  it('open the connection within a second and keep it open, without a first event', async () => {
    @Controller('', { responseClass: EventSourceResponse })
    class Events {
      @Get('/')
      async *events(signal: AbortSignal): AsyncIterable<number> {
        await sleep(60_000, undefined, { signal });
        yield 1;
      }
    }
    await using server = await serve(Events);
    const answer = await ask(server, '/');
    expect([
      answer.status,
      answer.headers['cache-control'],
      answer.headers['x-accel-buffering'],
    ]).toEqual([200, 'no-cache', 'no']);
    expect(await answer.until('\n\n')).toBe(': ping\n\n');
    answer.leave();
  });

  it('go on after the last one that the client has, by any method, and refuse junk', async () => {
    @Controller('', { responseClass: EventSourceResponse })
    class Events {
      @Get('/')
      async *events(@Header() lastEventId: int = 0): AsyncIterable<ServerSentEvent<string>> {
        for (let id = lastEventId + 1; id <= 3; id += 1)
          yield new ServerSentEvent({ id: String(id), data: `event ${id}` });
      }
      @Post('/')
      async *posted(): AsyncIterable<string> {
        yield 'posted';
      }
    }
    await using server = await serve(Events);
    const resumed = await ask(server, '/', { headers: { 'last-event-id': '2' } });
    expect((await resumed.end()).text).toBe('data: "event 3"\nid: 3\n\n');
    expect((await (await ask(server, '/', { method: 'POST' })).end()).text).toBe(
      'data: "posted"\n\n',
    );
    for (const junk of ['x', '-', '9'.repeat(400), '%00', '\xff'])
      expect((await ask(server, '/', { headers: { 'last-event-id': junk } })).status).toBe(422);
  });

  it('may be written by hand, and are not compressed then either', async () => {
    const next = new EventEmitter();
    @Controller()
    class Events {
      @Get('/')
      events(): StreamingResponse {
        const texts = (async function* () {
          yield 'data: 1\n\n';
          await once(next, 'go');
          yield 'data: 2\n\n';
        })();
        return new StreamingResponse(texts, {
          media: 'text/event-stream',
          headers: { 'cache-control': 'no-cache' },
        });
      }
    }
    await using server = await serve(Events, { middleware: [compress({ minSize: 0 })] });
    const answer = await ask(server, '/', { headers: { 'accept-encoding': 'gzip' } });
    const {
      'content-type': type,
      'content-encoding': encoding,
      'cache-control': cache,
    } = answer.headers;
    expect([type, encoding, cache]).toEqual([
      'text/event-stream; charset=utf-8',
      undefined,
      'no-cache',
    ]);
    expect(await answer.until('\n\n')).toBe('data: 1\n\n');
    next.emit('go');
    expect(await answer.end()).toEqual({ text: 'data: 1\n\ndata: 2\n\n', whole: true });
  });

  it('validate and filter the data of events by their type', async () => {
    @Controller('', { responseClass: EventSourceResponse })
    class Events {
      @Get('/')
      async *events(): AsyncIterable<ServerSentEvent<Item>> {
        yield new ServerSentEvent<Item>({ event: 'item', data: stored('a') });
      }
    }
    await using server = await serve(Events);
    expect((await (await ask(server, '/')).end()).text).toBe(
      'event: item\ndata: {"name":"a","price":1.5}\n\n',
    );
  });
});

describe('a server that closes', () => {
  it('sends readers of events away with a time to come back, and lets other streams finish', async () => {
    const trace = new Trace();
    const next = new EventEmitter();
    @Controller()
    class Streams {
      @Get('/events', { responseClass: EventSourceResponse })
      async *events(signal: AbortSignal): AsyncIterable<number> {
        try {
          yield 1;
          await sleep(60_000, undefined, { signal });
        } finally {
          trace.add('events closed');
        }
      }
      @Get('/items')
      async *items(): AsyncIterable<number> {
        yield 1;
        await once(next, 'go');
        yield 2;
      }
    }
    const server = await serve(Streams);
    const [events, items] = await Promise.all([ask(server, '/events'), ask(server, '/items')]);
    await Promise.all([events.until('\n\n'), items.until('\n')]);
    const closed = server.close();
    expect(await events.end()).toEqual({
      text: expect.stringMatching(/^data: 1\n\n: the server is closing\nretry: \d{4}\n\n$/),
      whole: true,
    });
    await trace.until('events closed');
    next.emit('go');
    expect(await items.end()).toEqual({ text: '1\n2\n', whole: true });
    await closed;
  });

  it('breaks off what does not end in time', async () => {
    const trace = new Trace();
    @Controller()
    class Streams {
      @Get('/')
      async *forever(signal: AbortSignal): AsyncIterable<number> {
        try {
          for (let number = 0; ; number += 1) {
            yield number;
            await sleep(5, undefined, { signal });
          }
        } finally {
          trace.add('closed');
        }
      }
    }
    const log = new Log();
    const server = await serve(Streams, { timeouts: { shutdown: 0.05 }, logger: log.options });
    const answer = await ask(server, '/');
    await answer.until('\n');
    const end = answer.end();
    await server.close();
    expect(await end).toMatchObject({ whole: false });
    expect(trace.entries).toEqual(['closed']);
    await log.line('The time to close is up');
  });
});
