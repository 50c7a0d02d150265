import { once } from 'node:events';
import {
  Agent,
  request as httpRequest,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { text } from 'node:stream/consumers';
import { setImmediate as turn } from 'node:timers/promises';
import { BackgroundTasks, Body, Controller, Get, Post, Vivace } from 'vivace';

const wait = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

const { promise: released, resolve: release } = Promise.withResolvers<void>();

@Controller()
class Work {
  @Get('/quick')
  quick(): string {
    return 'quick';
  }
  @Get('/slow')
  async slow(): Promise<string> {
    await wait(100);
    return 'slow';
  }
  @Get('/held')
  async held(): Promise<string> {
    await released;
    return 'held';
  }
}

/** The answer's text and its header `connection`. */
function get(
  url: string,
  agent: Agent,
): Promise<readonly [text: string, connection: string | undefined]> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, { agent }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.once('end', () => resolve([text, response.headers.connection]));
    });
    request.once('error', reject).end();
  });
}

describe('a server that closes', () => {
  it.each([
    ['keep their connections', true],
    ['make a new connection each time', false],
  ])('loses no request of clients that %s and ask all the time', async (_, keepAlive) => {
    for (let round = 0; round < 3; round++) {
      const server = await new Vivace({ controllers: [Work] }).listen({
        port: 0,
        handleSignals: false,
      });
      const { url } = server;
      let closed = false;
      let answered = 0;
      const busy = Promise.withResolvers<void>();
      const lost: unknown[] = [];
      const clients = Array.from({ length: 16 }, async () => {
        const agent = new Agent({ keepAlive, maxSockets: 1 });
        for (let goesOn = true; goesOn;) {
          try {
            const [, connection] = await get(`${url}/quick`, agent);
            goesOn = !keepAlive || connection === 'keep-alive';
            if (++answered === 200) busy.resolve();
          } catch (error) {
            // Refused before anything was sent: the door is closed.
            if (!closed || (error as NodeJS.ErrnoException).code !== 'ECONNREFUSED')
              lost.push(error);
            break;
          }
        }
        agent.destroy();
      });
      await busy.promise;
      closed = true;
      await server.close();
      await Promise.all(clients);
      expect(lost).toEqual([]);
    }
  });

  it('waits for no client that has nothing to ask', async () => {
    const logged: string[] = [];
    const stream = { write: (line: string) => void logged.push(line) };
    const server = await new Vivace({ controllers: [Work], logger: { stream } }).listen({
      port: 0,
      handleSignals: false,
    });
    const agent = new Agent({ keepAlive: true });
    await get(`${server.url}/quick`, agent);
    await server.close();
    expect(logged.join('')).not.toContain('The time to close is up');
    agent.destroy();
  });

  it('tells the clients of requests that go on to come no more', async () => {
    const server = await new Vivace({ controllers: [Work] }).listen({
      port: 0,
      handleSignals: false,
    });
    const agent = new Agent({ keepAlive: true });
    const begun = once(server.fastify.server, 'request');
    const held = get(`${server.url}/held`, agent);
    const [, response] = (await begun) as [IncomingMessage, ServerResponse];
    const closed = server.close();
    while (response.shouldKeepAlive) await turn();
    release();
    expect(await held).toEqual(['"held"', 'close']);
    await closed;
    agent.destroy();
  });

  it('finishes what goes on, and closes idle connections', async () => {
    const server = await new Vivace({ controllers: [Work] }).listen({
      port: 0,
      handleSignals: false,
    });
    const agent = new Agent({ keepAlive: true });
    await get(`${server.url}/quick`, agent);
    const begun = once(server.fastify.server, 'request');
    const slow = get(`${server.url}/slow`, new Agent());
    await begun;
    await server.close();
    expect((await slow)[0]).toBe('"slow"');
    agent.destroy();
  });

  it('takes a body to its end that has begun', async () => {
    @Controller()
    class Uploads {
      @Post('/')
      read(@Body() text: string): number {
        return text.length;
      }
    }
    const server = await new Vivace({ controllers: [Uploads] }).listen({
      port: 0,
      handleSignals: false,
    });
    const headers = { 'content-type': 'application/json' };
    const request = httpRequest(server.url!, { method: 'POST', headers });
    request.write('"begun ');
    await new Promise<void>((resolve) => server.fastify.server.once('request', () => resolve()));
    const closed = server.close();
    await server.refuseConnections();
    const answer = once(request, 'response') as Promise<[IncomingMessage]>;
    request.end('and ended"');
    const [response] = await answer;
    expect([response.statusCode, await text(response)]).toEqual([200, '15']);
    await closed;
  });

  it('waits for background work, but not longer than its time', async () => {
    const done: string[] = [];
    @Controller()
    class Tasks {
      @Get('/short')
      short(tasks: BackgroundTasks): string {
        tasks.add(async () => {
          await wait(30);
          done.push('short');
        });
        return 'ok';
      }
      @Get('/endless')
      endless(tasks: BackgroundTasks): string {
        tasks.add(() => new Promise(() => {}));
        return 'ok';
      }
    }
    for (const [path, timeouts] of [
      ['short', {}],
      ['endless', { shutdown: 0.1 }],
    ] as const) {
      const server = await new Vivace({ controllers: [Tasks], timeouts }).listen({
        port: 0,
        handleSignals: false,
      });
      await (await fetch(`${server.url}/${path}`, { headers: { connection: 'close' } })).text();
      await server.close();
    }
    expect(done).toEqual(['short']);
  });

  it('cuts off a request that does not end in its time', async () => {
    @Controller()
    class Endless {
      @Get('/')
      async endless(): Promise<string> {
        return new Promise(() => {});
      }
    }
    const server = await new Vivace({ controllers: [Endless], timeouts: { shutdown: 0.1 } }).listen(
      { port: 0, handleSignals: false },
    );
    const begun = once(server.fastify.server, 'request');
    const answer = fetch(`${server.url}/`);
    await begun;
    await Promise.all([expect(answer).rejects.toThrow(), server.close()]);
  });
});
