import { Controller, Get, Query, Vivace, offload, type int } from 'vivace';
import { testClient } from 'vivace/testing';

const { hash, primes } = offload<typeof import('../offloaded/numbers.js')>(
  require.resolve('../offloaded/numbers'),
);

describe('gotchas of work for the processor', () => {
  test('gotcha 100: work goes to another thread with its arguments, and other requests are answered meanwhile', async () => {
    const order: string[] = [];
    @Controller()
    class Work {
      @Get('/hash')
      async hash(@Query() rounds: int): Promise<number> {
        const result = await hash(rounds);
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

  test('gotcha 100: all that its module imports is there', async () => {
    expect(await primes(100)).toBe(25);
  });
});
