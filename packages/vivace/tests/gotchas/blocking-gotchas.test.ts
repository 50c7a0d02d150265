import { Writable } from 'node:stream';
import { Controller, Depends, Get, Request, Vivace, dependency } from 'vivace';
import { testClient } from 'vivace/testing';

/** Keeps what is logged, and tells of the first line that has a word. */
function logOf(word: string): {
  readonly logger: { stream: Writable };
  readonly found: Promise<Record<string, unknown>>;
  readonly count: () => number;
} {
  const lines: Record<string, unknown>[] = [];
  const found = Promise.withResolvers<Record<string, unknown>>();
  const stream = new Writable({
    write(text, _, done) {
      const line = JSON.parse(String(text)) as Record<string, unknown>;
      if (String(line['msg']).includes(word)) {
        lines.push(line);
        found.resolve(line);
      }
      done();
    },
  });
  return { logger: { stream }, found: found.promise, count: () => lines.length };
}

const hold = (milliseconds: number): void => {
  for (const end = performance.now() + milliseconds; performance.now() < end;);
};

describe('gotchas of what blocks', () => {
  test('gotcha 68 and 99: what holds up all requests, in a handler or a dependency, is logged with its operation', async () => {
    const slow = dependency(() => hold(120));
    @Controller()
    class Reports {
      @Get('/handler')
      async handler(): Promise<string> {
        await Promise.resolve();
        hold(120);
        return 'done';
      }
      @Get('/dependency')
      dependency(@Depends(slow) _: void): string {
        return 'done';
      }
    }
    for (const name of ['handler', 'dependency']) {
      const { logger, found } = logOf('Nothing else could run');
      await using client = await testClient(
        new Vivace({ controllers: [Reports], logger, timeouts: { blocked: 0.05 } }),
      );
      await client.get(`/${name}`);
      expect(await found).toMatchObject({ level: 40, operations: [`Reports.${name}`] });
    }
  });

  test('gotcha 91: a proxy that is not trusted is told of once, where the address of the client is asked for', async () => {
    @Controller()
    class Clients {
      @Get('/')
      ip(request: Request): string {
        return request.ip;
      }
    }
    const headers = { 'x-forwarded-for': '203.0.113.9' };
    const untrusted = logOf('X-Forwarded-For');
    await using client = await testClient(
      new Vivace({ controllers: [Clients], logger: untrusted.logger }),
    );
    for (let time = 0; time < 2; time++)
      expect((await client.get('/', { headers })).json()).not.toBe('203.0.113.9');
    expect(untrusted.count()).toBe(1);
    const trusted = logOf('X-Forwarded-For');
    await using other = await testClient(
      new Vivace({ controllers: [Clients], logger: trusted.logger, trustProxy: true }),
    );
    expect((await other.get('/', { headers })).json()).toBe('203.0.113.9');
    expect(trusted.count()).toBe(0);
  });

  test('gotcha 93: pages of the documentation can be switched off', async () => {
    await using client = await testClient(new Vivace({ docs: false }));
    for (const path of ['/docs', '/redoc', '/openapi.json'])
      expect((await client.get(path)).status).toBe(404);
  });
});
