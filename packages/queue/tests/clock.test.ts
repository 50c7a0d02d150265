import { setImmediate } from 'node:timers/promises';
import { TestClock } from 'pg-boss';
import { Vivace } from 'vivace';
import { workOf } from 'vivace/extend';
import { testClient } from 'vivace/testing';
import { testDatabase } from '@vivace/sql/testing';
import { Cron, Job } from '@vivace/queue';
import { queueOn } from '../src/queue';
import { orderDatabase, withJobs } from './programs/orders';

const runs: string[] = [];
let clock: TestClock;

@Job({ concurrency: 1 })
@Cron('30 2 * * *', { timeZone: 'Europe/Berlin' })
class Nightly {
  run(): void {
    runs.push(new Date(clock.now()).toISOString().slice(0, 16));
  }
}

const db = testDatabase(orderDatabase);
beforeEach(() => void (runs.length = 0));

async function working(
  override: Awaited<ReturnType<typeof db.fresh>>['override'],
  jobs = [Nightly],
) {
  const app = new Vivace({ extensions: [orderDatabase, queueOn({ jobs }, clock)] });
  const client = await testClient(app, { overrides: [override], work: 'auto' });
  await workOf(client, 'queue');
  return client;
}
/** Lets minutes go by, and what they began end. */
async function minutes(count: number): Promise<void> {
  for (let minute = 0; minute < count; minute += 1) {
    await clock.tick(60_000);
    await setImmediate();
  }
}

describe('a job by the clock', () => {
  it('runs at its time in its zone, once in all processes', async () => {
    await using fresh = await db.fresh();
    clock = new TestClock('2031-07-01T00:28:00Z'); // 02:28 in Berlin
    await using first = await working(fresh.override);
    await using second = await working(fresh.override);
    expect([first, second]).toHaveLength(2);
    await minutes(1);
    expect(runs).toEqual([]);
    await minutes(3);
    expect(runs).toHaveLength(1);
    expect(runs[0]! >= '2031-07-01T00:30').toBe(true);
    await minutes(2);
    expect(runs).toHaveLength(1);
  });

  it('runs once for all the times that were missed', async () => {
    await using fresh = await db.fresh();
    clock = new TestClock('2031-07-01T00:29:00Z');
    {
      await using client = await working(fresh.override);
      expect(client).toBeDefined();
      await minutes(3);
    }
    expect(runs).toHaveLength(1);
    await clock.setTime('2031-07-05T12:00:00Z');
    await using client = await working(fresh.override);
    expect(client).toBeDefined();
    await minutes(2);
    expect(runs).toHaveLength(2);
  });

  it('is forgotten where its class does not say so any more', async () => {
    await using fresh = await db.fresh();
    clock = new TestClock('2031-07-01T00:20:00Z');
    await using client = await working(fresh.override);
    const schedules = () =>
      client.server.run(
        withJobs((_, session) => session.execute('select name, cron from vivace_jobs.schedule')),
      );
    expect(await schedules()).toEqual([{ name: 'Nightly', cron: '30 2 * * *' }]);
  });
});
