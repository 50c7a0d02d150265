import { randomUUID } from 'node:crypto';
import type { uuid } from 'vivace';
import { testClient } from 'vivace/testing';
import { testDatabase } from '@vivace/sql/testing';
import { runJobs, waitingJobs } from '@vivace/queue/testing';
import type { Jobs } from '@vivace/queue';
import {
  app,
  Effect,
  Flaky,
  ForgetOldOrders,
  Large,
  orderDatabase,
  SendInvoice,
  tries,
  Unsayable,
  withJobs,
  WriteReport,
} from './programs/orders';

const db = testDatabase(orderDatabase);
beforeEach(() => void (tries.length = 0));

/** A client whose database is taken back after the test. */
async function serving() {
  const client = await testClient(app, { overrides: [db.rollback()] });
  return {
    client,
    add: <T>(work: (jobs: Jobs) => Promise<T>) => client.server.run(withJobs(work)),
    status: async (id: string) =>
      (await client.get(`/orders/jobs/${id}`)).json<{ state: string }>(),
    effects: async () => (await client.get('/orders/effects')).json<string[]>(),
    [Symbol.asyncDispose]: () => client.close(),
  };
}
const order = randomUUID() as uuid;

describe('a job that a request adds', () => {
  it('runs after it, and says how it is', async () => {
    await using served = await serving();
    const placed = await served.client.post('/orders/', { json: { quantity: 2 } });
    expect(placed.status).toBe(202);
    const { id, job } = placed.json<{ id: uuid; job: uuid }>();
    expect(await waitingJobs(served.client, SendInvoice)).toEqual([{ order: id }]);
    expect(await served.status(job)).toEqual({
      id: job,
      job: 'SendInvoice',
      state: 'waiting',
      attempts: 0,
      progress: null,
      result: null,
      error: null,
      createdAt: expect.any(String) as string,
      endedAt: null,
    });
    await runJobs(served.client);
    expect(await served.status(job)).toMatchObject({
      state: 'done',
      attempts: 1,
      progress: 0.5,
      result: { sent: true, year: 1970 },
      error: null,
      endedAt: expect.any(String) as string,
    });
    expect(await served.effects()).toEqual([`invoice ${id}`]);
    expect(await waitingJobs(served.client, SendInvoice)).toEqual([]);
  });

  it('is taken back with the transaction', async () => {
    await using served = await serving();
    expect((await served.client.post('/orders/', { json: { quantity: 13 } })).status).toBe(409);
    expect((await served.client.get('/orders/')).json()).toEqual([]);
    expect(await waitingJobs(served.client, SendInvoice)).toEqual([]);
  });

  it('is the one that is there, while one with its key waits', async () => {
    await using served = await serving();
    const ask = async () =>
      (await served.client.post(`/orders/${order}/invoice`)).json<{ job: string }>().job;
    const first = await ask();
    expect(await ask()).toBe(first);
    expect(await waitingJobs(served.client, SendInvoice)).toHaveLength(1);
    await runJobs(served.client);
    expect(await ask()).not.toBe(first);
  });

  it('is not known under another id', async () => {
    await using served = await serving();
    const response = await served.client.get(`/orders/jobs/${randomUUID()}`);
    expect([response.status, response.json()]).toEqual([404, { detail: 'Job not found' }]);
    expect((await served.client.get('/orders/jobs/1')).status).toBe(422);
  });
});

describe('a payload', () => {
  it('comes back as it was added', async () => {
    await using served = await serving();
    const due = new Date('2031-05-06T07:08:09Z');
    const job = await served.add((jobs) => jobs.add(SendInvoice, { order, due }));
    expect(await waitingJobs(served.client, SendInvoice)).toEqual([{ order, due }]);
    await runJobs(served.client);
    expect(await served.status(job)).toMatchObject({ result: { year: 2031 } });
  });

  it('is refused when it is added, where it breaks a rule or cannot be kept', async () => {
    await using served = await serving();
    const refused = { issues: [{ loc: expect.arrayContaining(['payload']) }] };
    for (const payload of [
      undefined as never,
      { name: 'a', fails: -1 },
      { name: 'nul \0' },
      { name: 'half \ud800' },
      { name: 5 } as never,
    ])
      await expect(served.add((jobs) => jobs.add(Flaky, payload))).rejects.toMatchObject(refused);
    await served.add((jobs) => jobs.add(Flaky, { name: String.raw`written \u0000` }));
    expect(await waitingJobs(served.client, Flaky)).toHaveLength(1);
  });

  it('that does not fit any more is dead at once, with the issues', async () => {
    await using served = await serving();
    const job = await served.client.server.run(
      withJobs(async (jobs, session) => {
        const id = await jobs.add(Flaky, { name: 'old' });
        const change = `update vivace_jobs.job set data = '{"title":"old"}' where id = ?`;
        await session.execute(change, [id]);
        return id;
      }),
    );
    await expect(runJobs(served.client)).rejects.toThrow();
    expect(await served.status(job)).toMatchObject({
      state: 'dead',
      attempts: 1,
      error: 'payload.name: Field required',
    });
    expect(tries).toEqual([]);
  });
});

describe('a try', () => {
  it('has a session of its own, and what fails leaves nothing', async () => {
    await using served = await serving();
    const job = await served.add((jobs) => jobs.add(Flaky, { name: 'twice', fails: 2 }));
    await runJobs(served.client);
    expect(tries).toEqual(['twice 1', 'twice 2', 'twice 3']);
    expect(await served.effects()).toEqual(['twice 3', `invoice ${job}`]);
    expect(await served.status(job)).toMatchObject({ state: 'done', attempts: 3, error: null });
  });

  it('is the last one after its retries; a dead job may begin anew', async () => {
    await using served = await serving();
    const job = await served.add((jobs) => jobs.add(Flaky, { name: 'poison', fails: 9 }));
    await expect(runJobs(served.client)).rejects.toThrow('poison failed');
    expect(await served.status(job)).toMatchObject({
      state: 'dead',
      attempts: 3,
      error: 'poison failed',
    });
    expect((await served.client.post(`/orders/jobs/${job}/retry`)).json()).toBe(true);
    expect(await served.status(job)).toMatchObject({ state: 'waiting', attempts: 0, error: null });
    await expect(runJobs(served.client)).rejects.toThrow('poison failed');
    expect(tries).toHaveLength(6);
    expect(await served.effects()).toEqual([]);
  });

  it('whose commit fails has failed', async () => {
    await using served = await serving();
    await served.client.server.run(
      withJobs(async (_, session) => void session.add(Effect, { text: `invoice ${order}` })),
    );
    const job = await served.add((jobs) => jobs.add(SendInvoice, { order }));
    await expect(runJobs(served.client)).rejects.toThrow('effect_text_unique');
    expect(await served.status(job)).toMatchObject({ state: 'dead', attempts: 3 });
  });

  it('with more than 64 KiB to keep is dead at once, and says so', async () => {
    await using served = await serving();
    const job = await served.add((jobs) => jobs.add(Large, { name: 'x' }));
    await expect(runJobs(served.client)).rejects.toThrow('it belongs into a table');
    expect(await served.status(job)).toMatchObject({ state: 'dead', attempts: 1, result: null });
  });

  it.each(['circle', 'bigint'])(
    'that gives what JSON cannot say is dead at once: what it did stands (%s)',
    async (name) => {
      await using served = await serving();
      const job = await served.add((jobs) => jobs.add(Unsayable, { name }));
      await expect(runJobs(served.client)).rejects.toThrow('is nothing that JSON can say');
      expect(await served.status(job)).toMatchObject({ state: 'dead', attempts: 1, result: null });
      expect(await served.effects()).toEqual([name]);
    },
  );
});

describe('what a job gives', () => {
  it('is kept with the fields of its type, and no others', async () => {
    await using served = await serving();
    const job = await served.add((jobs) => jobs.add(WriteReport, { name: 'sales' }));
    await runJobs(served.client);
    const result = { text: 'sales', made: '1970-01-01T00:00:00Z' };
    expect(await served.status(job)).toMatchObject({ state: 'done', result });
    expect(JSON.stringify(await served.status(job))).not.toContain('nobody outside may know');
  });

  it('has to fit its type: one that does not is dead at once, and says what is wrong', async () => {
    await using served = await serving();
    const job = await served.add((jobs) => jobs.add(WriteReport, { name: 'without text' }));
    await expect(runJobs(served.client)).rejects.toThrow('is not what its type says');
    const error = 'The result is not what its type says: response.text: Field required';
    expect(await served.status(job)).toMatchObject({ state: 'dead', attempts: 1, error });
  });
});

describe('a job that waits', () => {
  it('never runs after it was cancelled, until it begins anew', async () => {
    await using served = await serving();
    const { client } = served;
    const job = await served.add((jobs) => jobs.add(Flaky, { name: 'one' }, { delay: 60 }));
    expect((await client.post(`/orders/jobs/${job}/retry`)).json()).toBe(false);
    expect((await client.post(`/orders/jobs/${job}/cancel`)).json()).toBe(true);
    expect((await client.post(`/orders/jobs/${job}/cancel`)).json()).toBe(false);
    await runJobs(client);
    expect(tries).toEqual([]);
    expect(await served.status(job)).toMatchObject({ state: 'cancelled', attempts: 0 });
    expect((await client.post(`/orders/jobs/${job}/retry`)).json()).toBe(true);
    await runJobs(client);
    expect(tries).toEqual(['one 1']);
  });

  it('does not begin anew while another one has its key', async () => {
    await using served = await serving();
    const add = () =>
      served.add((jobs) => jobs.add(Flaky, { name: 'key' }, { key: 'a key, 50 €' }));
    const first = await add();
    await served.add((jobs) => jobs.cancel(first));
    const second = await add();
    expect(second).not.toBe(first);
    expect(await served.add((jobs) => jobs.retry(first))).toBe(false);
    expect(await add()).toBe(second);
  });

  it('runs before others by its priority', async () => {
    await using served = await serving();
    await served.add(async (jobs) => {
      await jobs.add(Flaky, { name: 'low' });
      await jobs.add(Flaky, { name: 'high' }, { priority: 5 });
      await jobs.addAll(Flaky, [{ name: 'a' }, { name: 'b' }], { priority: 3 });
    });
    await runJobs(served.client);
    expect(tries[0]).toBe('high 1');
    expect(tries.slice(1, 3).toSorted()).toEqual(['a 1', 'b 1']);
    expect(tries[3]).toBe('low 1');
  });

  it.each([
    { delay: NaN },
    { delay: Infinity },
    { at: new Date(NaN) },
    { at: new Date(8.64e15) },
    { priority: NaN },
    { priority: 0.5 },
    { priority: 1e12 },
  ])('is not added with what is no time or priority, alone or with others: %j', async (options) => {
    await using served = await serving();
    for (const add of [
      (jobs: Jobs) => jobs.add(Flaky, { name: 'when' }, options),
      (jobs: Jobs) => jobs.addAll(Flaky, [{ name: 'when' }], options),
    ])
      await expect(served.add<unknown>(add)).rejects.toThrow(RangeError);
    expect(await waitingJobs(served.client, Flaky)).toEqual([]);
  });

  it('whose time is over runs at once', async () => {
    await using served = await serving();
    await served.add((jobs) => jobs.add(Flaky, { name: 'late' }, { delay: -5 }));
    await served.add((jobs) => jobs.add(Flaky, { name: 'long ago' }, { at: new Date(0) }));
    await runJobs(served.client);
    expect(tries.toSorted()).toEqual(['late 1', 'long ago 1']);
  });

  it('may be one of thousands that are added at once', async () => {
    await using served = await serving();
    const names = Array.from({ length: 2000 }, (_, at) => ({ name: `n${at}` }));
    const ids = await served.add((jobs) => jobs.addAll(Flaky, names));
    expect(new Set(ids).size).toBe(2000);
    expect(await waitingJobs(served.client, Flaky)).toHaveLength(2000);
    expect(await served.add((jobs) => jobs.addAll(Flaky, []))).toEqual([]);
  });
});

it('a class that is not in the list is refused where it is added', async () => {
  class Forgotten {
    run(): void {}
  }
  await using served = await serving();
  await expect(served.add((jobs) => jobs.add(Forgotten, undefined))).rejects.toThrow(
    'Forgotten is not in the list of jobs: queue({ jobs: [Forgotten] })',
  );
});

it('routes list jobs, and when they run by the clock', async () => {
  const titles = (await app.entries()).map(({ kind, name }) => `${kind} ${name}`);
  expect(titles).toEqual(
    expect.arrayContaining(['JOB SendInvoice', 'JOB flaky', 'CRON 0 3 * * *']),
  );
  expect(ForgetOldOrders).toBeDefined();
});
