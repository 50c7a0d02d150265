import { Client } from 'pg';
import { Vivace } from 'vivace';
import type { Class } from 'vivace/extend';
import { testClient } from 'vivace/testing';
import { testDatabase } from '@vivace/sql/testing';
import { Cron, Job, queue } from '@vivace/queue';
import { SCHEMA } from '../src/rows';
import { orderDatabase } from './programs/orders';

@Job({ name: 'bill', retries: 1 })
class Bill {
  run(): void {}
}
@Job({ name: 'bill', retries: 2, timeout: 60 })
@Cron('0 3 * * *')
class BillNightly {
  run(): void {}
}

const db = testDatabase(orderDatabase);

test('the database is told of jobs where it does not know them, and of nothing else', async () => {
  await using fresh = await db.fresh();
  const client = new Client(fresh.url);
  await client.connect();
  /** What is known after a start, and which version of its row that is. */
  const afterStart = async (job: Class): Promise<[object, object | undefined]> => {
    const extensions = [orderDatabase, queue({ jobs: [job] })];
    const app = new Vivace({ extensions, logger: false });
    await using _ = await testClient(app, { overrides: [fresh.override] });
    const { rows: queues } = await client.query<object>(
      `select retry_limit, expire_seconds, xmin::text as version from ${SCHEMA}.queue where name = 'bill'`,
    );
    const { rows: schedules } = await client.query<object>(
      `select cron, xmin::text as version from ${SCHEMA}.schedule`,
    );
    return [queues[0]!, schedules[0]];
  };
  try {
    const first = await afterStart(Bill);
    expect(first).toMatchObject([{ retry_limit: 1, expire_seconds: 300 }, undefined]);
    expect(await afterStart(Bill)).toEqual(first);
    const nightly = await afterStart(BillNightly);
    expect(nightly).toMatchObject([{ retry_limit: 2, expire_seconds: 60 }, { cron: '0 3 * * *' }]);
    expect(await afterStart(BillNightly)).toEqual(nightly);
    expect((await afterStart(Bill))[1]).toBeUndefined();
  } finally {
    await client.end();
  }
});
