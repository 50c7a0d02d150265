import { setImmediate } from 'node:timers/promises';
import { TestClock } from 'pg-boss';
import { Vivace, type uuid } from 'vivace';
import { workOf } from 'vivace/extend';
import { testClient, type TestClient } from 'vivace/testing';
import { testDatabase } from '@vivace/sql/testing';
import { Attempt, Job, type Jobs } from '@vivace/queue';
import { queueOn } from '../src/queue';
import { allJobs, Flaky, orderDatabase, Orders, tries, withJobs } from './programs/orders';

const SECOND = 1000;
const HOUR = 3_600_000;

class Wait {
  name!: string;
}
interface Held {
  readonly name: string;
  readonly signal: AbortSignal;
  readonly end: () => void;
}
const held: Held[] = [];

/** Begins, and ends when the test lets it, or with its signal where it listens. */
@Job({ timeout: 100, retries: 1 })
class Hold {
  async run({ name }: Wait, attempt: Attempt): Promise<string> {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    const { signal } = attempt;
    held.push({ name: `${name} ${attempt.number}`, signal, end: () => resolve('let go') });
    if (name !== 'deaf') signal.addEventListener('abort', () => reject(signal.reason as Error));
    return promise;
  }
}

const db = testDatabase(orderDatabase);
let fresh: Awaited<ReturnType<typeof db.fresh>>;
let clock: TestClock;
beforeEach(async () => {
  fresh = await db.fresh();
  // Of the server's time: what is added now may run.
  clock = new TestClock(Date.now() + HOUR);
  held.length = 0;
  tries.length = 0;
});
afterEach(() => fresh[Symbol.asyncDispose]());

/** A process of the application, whose work begins by itself. */
async function working(jobs = [...allJobs, Hold], shutdown = 2) {
  const app = new Vivace({
    controllers: [Orders],
    extensions: [orderDatabase, queueOn({ jobs }, clock)],
    timeouts: { shutdown },
  });
  const client = await testClient(app, { overrides: [fresh.override], work: 'auto' });
  await workOf(client, 'queue');
  return client;
}
const add = <T>(client: TestClient, work: (jobs: Jobs) => Promise<T>) =>
  client.server.run(withJobs(work));
const statusOf = async (client: TestClient, id: string) =>
  (await client.get(`/orders/jobs/${id}`)).json<{ state: string; attempts: number }>();

/** Lets pg-boss' time go on, as little as it takes, until something is so. */
async function until(condition: () => boolean | Promise<boolean>, step = 200): Promise<void> {
  while (!(await condition())) {
    await clock.tick(step);
    await setImmediate();
  }
}
const isState = (client: TestClient, id: string, state: string) => async () =>
  (await statusOf(client, id)).state === state;

describe('work', () => {
  it('runs what is added, at once, and several at the same time', async () => {
    await using client = await working();
    const ids = await add(client, (jobs) =>
      jobs.addAll(Hold, [
        { name: 'a' },
        { name: 'b' },
        { name: 'c' },
        { name: 'd' },
        { name: 'e' },
      ]),
    );
    await until(() => held.length === 4);
    await clock.tick(5 * SECOND);
    expect(held.map(({ name }) => name[0]).toSorted()).not.toContain(undefined);
    expect(held).toHaveLength(4);
    held[0]!.end();
    await until(() => held.length === 5);
    for (const { end } of held) end();
    for (const id of ids) await until(isState(client, id, 'done'));
  });

  it('tries again after about 1, 2, 4 … seconds', async () => {
    await using client = await working();
    const id = await add(client, (jobs) => jobs.add(Flaky, { name: 'later', fails: 2 }));
    const pauses: number[] = [];
    let before = 0;
    for (let number = 1; number <= 3; number += 1) {
      await until(() => tries.length === number);
      if (number > 1) pauses.push((clock.now() - before) / SECOND);
      before = clock.now();
    }
    const [first, second] = pauses as [number, number];
    // Half of a pause is by chance, and a second at most goes by until it is looked for.
    expect(first).toBeGreaterThanOrEqual(1);
    expect(first).toBeLessThanOrEqual(4);
    expect(second).toBeGreaterThanOrEqual(2);
    expect(second).toBeLessThanOrEqual(6);
    await until(isState(client, id, 'done'));
  });

  it('begins what is delayed when its time has come', async () => {
    await using client = await working();
    const at = new Date(clock.now() + HOUR);
    await add(client, (jobs) => jobs.add(Flaky, { name: 'at' }, { at }));
    await clock.setTime(at.getTime() - 2 * SECOND);
    await clock.tick(SECOND);
    expect(tries).toEqual([]);
    await until(() => tries.length === 1);
    expect(clock.now()).toBeGreaterThanOrEqual(at.getTime());
  });

  it('aborts the signal of a try after its time, and tries again', async () => {
    await using client = await working();
    const id = await add(client, (jobs) => jobs.add(Hold, { name: 'slow' }));
    await until(() => held.length === 1);
    await clock.tick(99 * SECOND);
    expect(held[0]!.signal.aborted).toBe(false);
    await until(() => held[0]!.signal.aborted);
    await until(() => held.length === 2);
    expect(held[1]!.name).toBe('slow 2');
    held[1]!.end();
    await until(isState(client, id, 'done'));
    expect((await statusOf(client, id)).attempts).toBe(2);
  });

  it('hears within a second of time that a job was cancelled, and does not try it again', async () => {
    await using client = await working();
    const id = await add(client, (jobs) => jobs.add(Hold, { name: 'cancelled' }));
    await until(() => held.length === 1);
    expect((await client.post(`/orders/jobs/${id}/cancel`)).json()).toBe(true);
    const asked = clock.now();
    await until(() => held[0]!.signal.aborted);
    expect(clock.now() - asked).toBeLessThanOrEqual(1.2 * SECOND);
    await clock.tick(60 * SECOND);
    expect(held).toHaveLength(1);
    expect((await statusOf(client, id)).state).toBe('cancelled');
  });

  it('tries what a dead process had begun within a minute of time', async () => {
    await using client = await working();
    const id = await client.server.run(
      withJobs(async (jobs, session) => {
        const id = await jobs.add(Flaky, { name: 'orphan' });
        await session.execute(
          `update vivace_jobs.job set state = 'active', started_on = to_timestamp(?),
            heartbeat_on = to_timestamp(?) where id = ?`,
          [clock.now() / SECOND, clock.now() / SECOND, id],
        );
        return id;
      }),
    );
    const died = clock.now();
    await until(() => tries.length === 1, SECOND);
    expect(tries).toEqual(['orphan 2']);
    expect(clock.now() - died).toBeLessThanOrEqual(63 * SECOND);
    await until(isState(client, id, 'done'));
  });

  it('warns of jobs that no class has any more, and lets them wait', async () => {
    {
      await using client = await working();
      await add(client, (jobs) => jobs.add(Flaky, { name: 'gone' }, { delay: 3 * 3600 }));
    }
    await using client = await working([Hold]);
    await clock.setTime(clock.now() + 4 * HOUR);
    await clock.tick(2 * SECOND);
    expect(tries).toEqual([]);
    const waiting = `select data->>'name' as name from vivace_jobs.job where state = 'created' and name = ?`;
    const rows = await client.server.run(
      withJobs((_, session) => session.execute(waiting, ['flaky'])),
    );
    expect(rows).toEqual([{ name: 'gone' }]);
  });
});

describe('work that is stopped', () => {
  it('finishes what ends in time', async () => {
    const client = await working([Hold], 100);
    const id = await add(client, (jobs) => jobs.add(Hold, { name: 'deaf' }));
    await until(() => held.length === 1);
    const closed = client.close();
    while (!held[0]!.signal.aborted) await setImmediate();
    held[0]!.end();
    await closed;
    await using other = await working();
    expect(await statusOf(other, id)).toMatchObject({ state: 'done', result: 'let go' });
  });

  it('gives back what ends with its signal, and what does not end at all', async () => {
    const client = await working();
    const names = ['listens', 'deaf'];
    const ids = await add(client, (jobs) =>
      jobs.addAll(
        Hold,
        names.map((name) => ({ name })),
      ),
    );
    await until(() => held.length === 2);
    await client.close();
    for (const { end } of held) end();
    await using other = await working();
    await until(() => held.length === 4);
    // What was given back was no try.
    expect(held.map(({ name }) => name).toSorted()).toEqual([
      'deaf 1',
      'deaf 1',
      'listens 1',
      'listens 1',
    ]);
    for (const { end } of held) end();
    for (const id of ids as readonly uuid[]) await until(isState(other, id, 'done'));
  });
});
