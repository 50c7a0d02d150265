import { setTimeout } from 'node:timers/promises';
import { Controller, Get, Vivace } from 'vivace';
import { gauges } from 'vivace/extend';
import { testClient } from 'vivace/testing';
import { Cache, redis } from '@vivace/redis';

@Controller()
class Reading {
  constructor(private readonly cache: Cache) {}
  @Get('/') read(fresh: boolean): Promise<string> {
    const options = fresh ? { seconds: 60 } : { seconds: 0.001, stale: 60 };
    return this.cache.of(String, `fresh: ${fresh}`, options, async () => 'made');
  }
}

const reads = async () =>
  Object.fromEntries(
    (await gauges())
      .filter(({ name }) => name === 'cache_reads')
      .map(({ labels, value }) => [labels!['kept'], value]),
  );

test('the cache tells how often it was asked, and what was there, as long as it is open', async () => {
  const app = new Vivace({ controllers: [Reading], extensions: [redis()] });
  {
    await using client = await testClient(app, { env: {} });
    for (const fresh of [true, true, true, false, false]) {
      await client.get('/', { params: { fresh } });
      // Longer than a thousandth of a second, and a tenth more, is fresh.
      await setTimeout(5);
    }
    expect(await reads()).toEqual({ fresh: 2, stale: 1, none: 2 });
  }
  expect(await reads()).toEqual({});
});
