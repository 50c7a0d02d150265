import { Controller, Get, Query, Vivace, offload, type int } from 'vivace';
import { testClient } from 'vivace/testing';

describe('gotchas of work for the processor', () => {
  test('gotcha 100: work goes to another thread with its arguments, and other requests are answered meanwhile', async () => {
    const order: string[] = [];
    @Controller()
    class Work {
      @Get('/hash')
      async hash(@Query() rounds: int): Promise<number> {
        const result = await offload((count: number) => {
          let value = 0;
          for (let round = 0; round < count; round++) value = (value * 31 + round) % 1_000_003;
          return value;
        }, rounds);
        order.push('hash');
        return result;
      }
      @Get('/quick')
      quick(): string {
        order.push('quick');
        return 'quick';
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Work] }));
    const slow = client.get('/hash?rounds=20000000');
    await client.get('/quick');
    expect((await slow).json()).toBeGreaterThan(0);
    expect(order).toEqual(['quick', 'hash']);
  });

  test('gotcha 100: it may be that of a module beside the one that asks for it', async () => {
    const count = await offload(async (limit: number) => {
      const { primes } = await import('../primes.mjs');
      return primes(limit);
    }, 100);
    expect(count).toBe(25);
  });
});
