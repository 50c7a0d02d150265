import { Writable } from 'node:stream';
import { Controller, Get, Vivace, offload } from 'vivace';
import { testClient } from 'vivace/testing';

describe('offload', () => {
  it('runs the text of a function on another thread and gives a copy of its result', async () => {
    const thread = await offload(async () => {
      const { isMainThread } = await import('node:worker_threads');
      return isMainThread;
    });
    expect(thread).toBe(false);
    const sum = (numbers: readonly number[]): { total: number } => ({
      total: numbers.reduce((a, b) => a + b, 0),
    });
    expect(await offload(sum, [1, 2, 3])).toEqual({ total: 6 });
    const { double } = { double: (n: number): number => n * 2 };
    expect(await offload(double, 4)).toBe(8);
    const object = {
      async triple(n: number) {
        return n * 3;
      },
    };
    expect(await offload(object.triple, 2)).toBe(6);
  });

  it('rejects with what the function throws', async () => {
    await expect(
      offload(() => {
        throw new RangeError('too much');
      }),
    ).rejects.toThrow('too much');
  });

  it('says what it cannot do', async () => {
    const outside = 3;
    await expect(offload(() => outside)).rejects.toThrow(
      /outside.*sees only its arguments and what it imports itself/,
    );
    await expect(offload(Math.max, 1, 2)).rejects.toThrow(
      'offload(max): a native or bound function has no text',
    );
  });

  it('leaves the thread of requests free', async () => {
    const order: string[] = [];
    const busy = offload((milliseconds: number) => {
      for (const end = performance.now() + milliseconds; performance.now() < end;);
    }, 50).then(() => order.push('work'));
    await new Promise((resolve) => setImmediate(resolve));
    order.push('request');
    await busy;
    expect(order).toEqual(['request', 'work']);
  });
});

describe('the monitor of the event loop', () => {
  it('names the operation that holds up all others', async () => {
    const logged = Promise.withResolvers<Record<string, unknown>>();
    const stream = new Writable({
      write(line, _, done) {
        const entry = JSON.parse(String(line)) as Record<string, unknown>;
        if ('blocked' in entry) logged.resolve(entry);
        done();
      },
    });
    @Controller()
    class Reports {
      @Get('/')
      build(): string {
        for (const end = performance.now() + 120; performance.now() < end;);
        return 'built';
      }
    }
    await using client = await testClient(
      new Vivace({ controllers: [Reports], logger: { stream }, timeouts: { blocked: 0.05 } }),
    );
    await client.get('/');
    expect(await logged.promise).toMatchObject({ operations: ['Reports.build'] });
  });
});
