import { PgBoss, type Db } from 'pg-boss';
import { Pool } from 'pg';
import { testDatabase } from '@vivace/sql/testing';
import { gatherStatements } from '../src/gathered';
import { poolDb, SCHEMA } from '../src/rows';
import { makeTables, QUIET } from '../src/tables';
import { orderDatabase } from './programs/orders';

const LINES = 4;
const TAKES = /LIMIT (\d+)\s+FOR UPDATE OF j SKIP LOCKED/;
const ENDS = 'json_to_recordset($2';
const fresh = testDatabase(orderDatabase);

/** A pg-boss whose statements are kept, and those alone that take or end jobs. */
async function opened() {
  const database = await fresh.fresh();
  const pool = new Pool({ connectionString: database.url, max: 2 });
  // The server may end a connection before the pool has.
  pool.on('error', () => undefined);
  const texts: string[] = [];
  const over = poolDb(pool);
  const db: Db = {
    executeSql: (text, values) => {
      if (TAKES.test(text) || text.includes(ENDS)) texts.push(text);
      return over.executeSql(text, values);
    },
  };
  gatherStatements(db);
  await makeTables(database.url);
  const boss = new PgBoss({ db, schema: SCHEMA, migrate: false, ...QUIET });
  await boss.start();
  for (const name of ['one', 'other']) await boss.createQueue(name, { retryLimit: 0 });
  return {
    boss,
    pool,
    texts,
    limits: () => texts.map((text) => TAKES.exec(text)?.[1]),
    async [Symbol.asyncDispose]() {
      await boss.stop({ graceful: false });
      await pool.end();
      await database[Symbol.asyncDispose]();
    },
  };
}

const numbers = (jobs: readonly { readonly data: unknown }[]): number[] =>
  jobs.map(({ data }) => (data as { readonly number: number }).number);

describe('what lines of jobs ask for at the same time', () => {
  it('is one statement that gives each line a job of its own, those of the highest priority', async () => {
    await using queue = await opened();
    const { boss, limits } = queue;
    for (let number = 1; number <= 6; number += 1)
      await boss.send('one', { number }, { priority: number });
    const takes = (count: number) =>
      Promise.all(Array.from({ length: count }, () => boss.fetch('one')));
    const taken = await takes(LINES);
    expect(limits()).toEqual([`${LINES}`]);
    expect(taken.map(({ length }) => length)).toEqual([1, 1, 1, 1]);
    expect(numbers(taken.flat()).toSorted()).toEqual([3, 4, 5, 6]);
    const rest = await takes(LINES);
    expect(numbers(rest.flat()).toSorted()).toEqual([1, 2]);
    expect(rest.filter(({ length }) => length === 0)).toHaveLength(2);
  });

  it('waits for the next where one is under way, and is apart for each queue', async () => {
    await using queue = await opened();
    const { boss, limits } = queue;
    for (const name of ['one', 'one', 'one', 'other']) await boss.send(name, { number: 1 });
    const first = boss.fetch('one');
    await new Promise(process.nextTick);
    const others = [boss.fetch('one'), boss.fetch('other'), boss.fetch('one')];
    expect((await Promise.all([first, ...others])).map(({ length }) => length)).toEqual([
      1, 1, 1, 1,
    ]);
    expect(limits().toSorted()).toEqual(['1', '1', '2']);
  });

  it('fails for all of them where it fails, and goes on', async () => {
    await using queue = await opened();
    const { boss, pool } = queue;
    await boss.send('one', { number: 1 });
    await pool.query(`alter table ${SCHEMA}.job_common rename to gone`);
    const failed = await Promise.allSettled([boss.fetch('one'), boss.fetch('one')]);
    expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await pool.query(`alter table ${SCHEMA}.gone rename to job_common`);
    expect(numbers(await boss.fetch('one'))).toEqual([1]);
  });

  it('keeps what has come of each job', async () => {
    await using queue = await opened();
    const { boss, texts } = queue;
    const ids: string[] = [];
    for (let number = 0; number < LINES; number += 1)
      ids.push((await boss.send('one', { number }))!);
    let begun = 0;
    const all = Promise.withResolvers<void>();
    for (let line = 0; line < LINES; line += 1)
      await boss.work<{ readonly number: number }, unknown, { readonly perJobResults: true }>(
        'one',
        { perJobResults: true },
        async ([job]) => {
          begun += 1;
          if (begun === LINES) all.resolve();
          await all.promise;
          const { number } = job!.data;
          return [
            { id: job!.id, status: number === 0 ? 'failed' : 'completed', output: { number } },
          ];
        },
      );
    await boss.offWork('one');
    const rows = await Promise.all(ids.map((id) => boss.getJobById('one', id)));
    expect(rows.map((row) => [row!.state, row!.output])).toEqual([
      ['failed', { number: 0 }],
      ['completed', { number: 1 }],
      ['completed', { number: 2 }],
      ['completed', { number: 3 }],
    ]);
    expect(texts.filter((text) => text.includes(ENDS))).toHaveLength(2);
  });
});
