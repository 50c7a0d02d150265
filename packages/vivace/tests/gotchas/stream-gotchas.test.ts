import { setTimeout as sleep } from 'node:timers/promises';
import {
  BackgroundTasks,
  Controller,
  Depends,
  Get,
  Vivace,
  dependency,
  type VivaceOptions,
} from 'vivace';
import { compress } from 'vivace/middleware';
import { EventSourceResponse } from 'vivace/responses';
import { testClient } from 'vivace/testing';
import { ask, Log } from '../reliability/wire';

const listen = (options: VivaceOptions) =>
  new Vivace(options).listen({ port: 0, handleSignals: false });

describe('gotchas of asynchronous work, background tasks and streams', () => {
  test('gotcha 101: a promise that was not awaited is an error that names its place', async () => {
    class Owner {
      name?: string;
    }
    class Item {
      owner!: Owner;
    }
    const find = async (): Promise<Owner> => ({ name: 'ann' });
    @Controller()
    class Items {
      @Get('/model')
      model(): Item {
        return { owner: find() as never };
      }
      @Get('/free')
      free() {
        return { items: [{ owner: find() }] };
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Items] }));
    await expect(client.get('/model')).rejects.toThrow('response.owner: ');
    await expect(client.get('/free')).rejects.toThrow(
      'A promise that was not awaited has no form in JSON (items.0.owner).',
    );
  });

  test('gotcha 101: a rejection that nobody waits for is logged, and the server goes on', async () => {
    @Controller()
    class Items {
      @Get('/')
      list(): string[] {
        return [];
      }
    }
    const log = new Log();
    await using server = await new Vivace({ controllers: [Items], logger: log.options }).listen({
      port: 0,
    });
    process.emit('unhandledRejection', new Error('forgotten'), Promise.resolve());
    expect(await log.line('nobody waits for')).toMatchObject({
      level: 50,
      err: { message: 'forgotten' },
    });
    expect((await ask(server, '/')).status).toBe(200);
  });

  test('gotcha 102: a server that closes waits for tasks, and names those that it has to leave', async () => {
    let done = 0;
    @Controller()
    class Mails {
      @Get('/quick')
      quick(tasks: BackgroundTasks): string {
        tasks.add(async () => {
          await sleep(20);
          done += 1;
        });
        return 'sent';
      }
      @Get('/stuck')
      stuck(tasks: BackgroundTasks): string {
        tasks.add(function newsletter() {
          return new Promise(() => {});
        });
        return 'sent';
      }
    }
    const log = new Log();
    for (const [path, timeouts] of [
      ['/quick', {}],
      ['/stuck', { shutdown: 0 }],
    ] as const) {
      const server = await listen({ controllers: [Mails], timeouts, logger: log.options });
      await (await ask(server, path)).end();
      await server.close();
    }
    expect(done).toBe(1);
    expect(log.lines.filter(({ level }) => level === 50)).toMatchObject([{ task: 'newsletter' }]);
  });

  test('gotcha 103: a task that needs a session of its own gets one from the server', async () => {
    const sessions: { open: boolean }[] = [];
    const session = dependency(function* () {
      const opened = { open: true };
      sessions.push(opened);
      yield opened;
      opened.open = false;
    });
    const report = dependency({ session }, ({ session: own }) => {
      seen.push(own.open && own !== sessions[0]);
    });
    const seen: boolean[] = [];
    @Controller()
    class Reports {
      @Get('/')
      start(@Depends(session) used: { open: boolean }, tasks: BackgroundTasks): boolean {
        tasks.add(async () => {
          seen.push(used.open);
          await client.server.run(report);
        });
        return used.open;
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Reports] }));
    expect((await client.get('/')).json()).toBe(true);
    expect(seen).toEqual([false, true]);
    expect(sessions).toEqual([{ open: false }, { open: false }]);
  });

  test('gotcha 104: a task that fails is logged with its request, and later ones still run', async () => {
    const ran: string[] = [];
    @Controller()
    class Mails {
      @Get('/')
      send(tasks: BackgroundTasks): string {
        tasks.add(() => Promise.reject(new Error('no mail server')));
        tasks.add(() => ran.push('later'));
        return 'sent';
      }
    }
    const log = new Log();
    await using client = await testClient(
      new Vivace({ controllers: [Mails], logger: log.options }),
    );
    await client.get('/');
    expect(ran).toEqual(['later']);
    expect(await log.line('A background task failed')).toMatchObject({
      reqId: 'req-1',
      err: { message: 'no mail server' },
    });
  });

  test('gotcha 116: events are not compressed, not cached, and not collected by a proxy', async () => {
    @Controller('', { responseClass: EventSourceResponse })
    class Events {
      @Get('/')
      async *events(): AsyncIterable<string> {
        yield 'x'.repeat(2000);
      }
    }
    await using client = await testClient(
      new Vivace({ controllers: [Events], middleware: [compress()] }),
    );
    const { headers } = await client.get('/', { headers: { 'accept-encoding': 'gzip, br' } });
    expect(
      ['content-encoding', 'cache-control', 'x-accel-buffering'].map((name) => headers.get(name)),
    ).toEqual([null, 'no-cache', 'no']);
  });

  test('gotcha 117: streams of events do not hold up a server that closes', async () => {
    let closed = false;
    @Controller('', { responseClass: EventSourceResponse })
    class Events {
      @Get('/')
      async *events(signal: AbortSignal): AsyncIterable<number> {
        try {
          for (let number = 1; ; number += 1) {
            yield number;
            await sleep(60_000, undefined, { signal });
          }
        } finally {
          closed = true;
        }
      }
    }
    const server = await listen({ controllers: [Events] });
    const answer = await ask(server, '/');
    await answer.until('\n\n');
    const end = answer.end();
    await server.close();
    expect([(await end).whole, closed]).toEqual([true, true]);
  });

  test('gotcha 118: a handler that waits learns that its client has left', async () => {
    const begun = Promise.withResolvers<void>();
    const noticed = Promise.withResolvers<string>();
    @Controller()
    class Reports {
      @Get('/')
      async report(signal: AbortSignal): Promise<string> {
        begun.resolve();
        await sleep(60_000, undefined, { signal }).catch((error: Error) =>
          noticed.resolve(error.name),
        );
        return 'nobody reads this';
      }
    }
    await using server = await listen({ controllers: [Reports] });
    const leaving = new AbortController();
    const answer = fetch(server.url!, { signal: leaving.signal });
    await begun.promise;
    leaving.abort();
    await expect(answer).rejects.toThrow('aborted');
    expect(await noticed.promise).toBe('AbortError');
  });

  test('gotcha 119: an error in the middle of a stream breaks it off visibly; readers of events are told', async () => {
    @Controller()
    class Streams {
      @Get('/lines')
      async *lines(): AsyncIterable<number> {
        yield 1;
        throw new Error('secret');
      }
      @Get('/events', { responseClass: EventSourceResponse })
      async *events(): AsyncIterable<number> {
        yield 1;
        throw new Error('secret');
      }
    }
    const log = new Log();
    await using server = await listen({ controllers: [Streams], logger: log.options });
    expect(await (await ask(server, '/lines')).end()).toEqual({ text: '1\n', whole: false });
    const text = 'data: 1\n\nevent: error\ndata: {"detail":"Internal Server Error"}\n\n';
    expect(await (await ask(server, '/events')).end()).toEqual({ text, whole: false });
    expect(log.lines.filter(({ msg }) => msg === 'Unhandled error')).toMatchObject([
      { reqId: 'req-1' },
      { reqId: 'req-2' },
    ]);
  });
});
