import { once, EventEmitter } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  BackgroundTasks,
  Controller,
  Depends,
  Get,
  HTTPException,
  Vivace,
  dependency,
  type VivaceOptions,
} from 'vivace';
import { JSONResponse } from 'vivace/responses';
import { testClient } from 'vivace/testing';
import { ask, Log } from './wire';

let done: string[] = [];
beforeEach(() => (done = []));
const note = async (text: string): Promise<void> => {
  await sleep(1);
  done.push(text);
};
const audit = dependency({ tasks: BackgroundTasks }, ({ tasks }) => tasks.add(note, 'dependency'));

@Controller()
class Mails {
  @Get('/send', { dependencies: [audit] })
  send(tasks: BackgroundTasks): string {
    tasks.add(note, 'first');
    tasks.add(note, 'second');
    return 'sent';
  }
  @Get('/response')
  response(tasks: BackgroundTasks): JSONResponse {
    tasks.add(note, 'beside a response');
    return new JSONResponse({ sent: true }, { status: 202 });
  }
  @Get('/failing')
  failing(tasks: BackgroundTasks): string {
    tasks.add(async function send_mail() {
      throw new Error('mail server is down');
    });
    tasks.add(() => {
      throw new Error('at once');
    });
    tasks.add((more: BackgroundTasks) => more.add(note, 'added by a task'), tasks);
    return 'sent';
  }
  @Get('/refused', { dependencies: [audit] })
  refused(tasks: BackgroundTasks): void {
    tasks.add(note, 'never');
    throw new HTTPException(409);
  }
  @Get('/broken', { dependencies: [audit] })
  broken(tasks: BackgroundTasks): Promise<number> {
    tasks.add(note, 'never');
    return Promise.resolve('no number' as never);
  }
}

const listen = (options: VivaceOptions) =>
  new Vivace(options).listen({ port: 0, handleSignals: false });

describe('background tasks', () => {
  it('run after the response, in order, those of dependencies among them', async () => {
    await using client = await testClient(new Vivace({ controllers: [Mails] }));
    expect((await client.get('/send')).json()).toBe('sent');
    expect(done).toEqual(['dependency', 'first', 'second']);
    expect((await client.get('/response')).status).toBe(202);
    expect(done.at(-1)).toBe('beside a response');
  });

  it('do not keep the client waiting', async () => {
    const begin = new EventEmitter();
    @Controller()
    class Slow {
      @Get('/')
      slow(tasks: BackgroundTasks): string {
        tasks.add(async () => {
          await once(begin, 'go');
          done.push('done');
        });
        return 'answered';
      }
    }
    await using server = await listen({ controllers: [Slow] });
    expect((await (await ask(server, '/')).end()).text).toBe('"answered"');
    expect(done).toEqual([]);
    begin.emit('go');
  });

  it('that fail are logged with their request and their name, or where they were added if they have none; and the next one runs all the same', async () => {
    const log = new Log();
    await using client = await testClient(
      new Vivace({ controllers: [Mails], logger: log.options }),
    );
    expect((await client.get('/failing')).json()).toBe('sent');
    expect(done).toEqual(['added by a task']);
    expect(log.lines.filter(({ msg }) => msg === 'A background task failed')).toMatchObject([
      { reqId: 'req-1', task: 'send_mail', err: { message: 'mail server is down' } },
      {
        reqId: 'req-1',
        task: expect.stringMatching(/tasks\.test\.ts:\d+$/),
        err: { message: 'at once' },
      },
    ]);
  });

  it('do not run when the request failed', async () => {
    await using client = await testClient(new Vivace({ controllers: [Mails] }), {
      raiseErrors: false,
    });
    expect((await client.get('/refused')).status).toBe(409);
    expect((await client.get('/broken')).status).toBe(500);
    expect(done).toEqual([]);
  });

  it('run although the client did not wait for the answer: the work that they belong to was done', async () => {
    const begun = Promise.withResolvers<void>();
    const go = Promise.withResolvers<void>();
    const ran = Promise.withResolvers<void>();
    @Controller()
    class Orders {
      @Get('/')
      async order(tasks: BackgroundTasks): Promise<string> {
        tasks.add(() => ran.resolve());
        begun.resolve();
        await go.promise;
        return 'ordered';
      }
    }
    await using server = await listen({ controllers: [Orders] });
    const leaving = new AbortController();
    const answer = fetch(server.url!, { signal: leaving.signal });
    await begun.promise;
    leaving.abort();
    await expect(answer).rejects.toThrow('aborted');
    go.resolve();
    await ran.promise;
  });

  it('may use dependencies of scope request, which close after them, and find those of scope function closed', async () => {
    const connection = (name: string) =>
      dependency(function* () {
        const state = { name, open: true };
        yield state;
        state.open = false;
      });
    const short = connection('short');
    const long = connection('long');
    @Controller()
    class Work {
      @Get('/')
      work(
        @Depends(short) inner: { open: boolean },
        @Depends(long, { scope: 'request' }) outer: { open: boolean },
        tasks: BackgroundTasks,
      ): boolean[] {
        tasks.add(() => void done.push(`function ${inner.open}, request ${outer.open}`));
        return [inner.open, outer.open];
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Work] }));
    expect((await client.get('/')).json()).toEqual([true, true]);
    expect(done).toEqual(['function false, request true']);
  });
});

describe('a server that closes', () => {
  it('waits for the tasks that are at work', async () => {
    @Controller()
    class Slow {
      @Get('/')
      slow(tasks: BackgroundTasks): string {
        tasks.add(async () => {
          await sleep(30);
          done.push('done');
        });
        return 'answered';
      }
    }
    const server = await listen({ controllers: [Slow] });
    await Promise.all(Array.from({ length: 20 }, async () => (await ask(server, '/')).end()));
    await server.close();
    expect(done).toHaveLength(20);
  });

  it('is not held up by a connection over which nobody ever asked', async () => {
    @Controller()
    class Quiet {
      @Get('/')
      quiet(): string {
        return 'quiet';
      }
    }
    const server = await listen({ controllers: [Quiet] });
    const silent = connect(Number(new URL(server.url!).port), '127.0.0.1');
    await once(silent, 'connect');
    await (await ask(server, '/')).end();
    const gone = once(silent, 'close');
    await Promise.all([server.close(), gone]);
  });

  it('names in the log the tasks that it cannot wait for any longer', async () => {
    @Controller()
    class Endless {
      @Get('/')
      endless(tasks: BackgroundTasks): string {
        tasks.add(function mine_coins() {
          return new Promise(() => {});
        });
        return 'answered';
      }
    }
    const log = new Log();
    const server = await listen({
      controllers: [Endless],
      timeouts: { shutdown: 0 },
      logger: log.options,
    });
    await (await ask(server, '/')).end();
    await server.close();
    expect(log.lines.at(-1)).toMatchObject({
      level: 50,
      reqId: 'req-1',
      task: 'mine_coins',
      msg: 'Work after a response was not done when the server closed',
    });
  });
});
