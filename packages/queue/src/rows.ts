import type { Db } from 'pg-boss';
import type { Pool } from 'pg';
import type { uuid } from 'vivace';

/** Where the tables of jobs are, those of pg-boss and `job_progress`. */
export const SCHEMA = 'vivace_jobs';

/** How many days a dead or cancelled job is kept; a finished one is for a day. */
export const KEPT_DAYS = 30;

/** What tells how far a job is, beside the row that a try holds. */
export const PROGRESS_TABLE = `
  create table if not exists ${SCHEMA}.job_progress (id uuid primary key, part real not null)`;

/** Statements over a pool that somebody else opened. */
export function poolDb(pool: Pool): Db {
  return {
    async executeSql(text, values) {
      const client = await pool.connect();
      try {
        return await client.query(text, values);
      } finally {
        client.release();
      }
    },
  };
}

/** Any job by its id: the table is divided by name. */
export const BY_ID = `id = $1 and name = any(array(select name from ${SCHEMA}.queue))`;

export async function rowsOf<R>(
  db: Db,
  text: string,
  values: readonly unknown[] = [],
): Promise<readonly R[]> {
  return (await db.executeSql(text, [...values])).rows as R[];
}

/** The job that waits or runs with a key. */
export async function idOfKey(db: Db, name: string, key: string): Promise<uuid | undefined> {
  const [row] = await rowsOf<{ id: uuid }>(
    db,
    `select id from ${SCHEMA}.job where name = $1 and singleton_key = $2 and state <= 'active'`,
    [name, key],
  );
  return row?.id;
}

/** What waits never runs; whoever runs it finds its claim gone. */
export async function cancelJob(db: Db, id: uuid): Promise<boolean> {
  const rows = await rowsOf(
    db,
    `update ${SCHEMA}.job set state = 'cancelled', completed_on = ${SCHEMA}.job_now()
      where ${BY_ID} and state <= 'active' returning id`,
    [id],
  );
  return rows.length > 0;
}

/** A job that is dead or cancelled begins anew, unless another one with its key waits or runs. */
export async function retryJob(db: Db, id: uuid): Promise<boolean> {
  const rows = await rowsOf(
    db,
    `with forgotten as (delete from ${SCHEMA}.job_progress where id = $1)
      update ${SCHEMA}.job j
        set state = 'created', retry_count = 0, started_on = null, heartbeat_on = null,
          completed_on = null, output = null, start_after = ${SCHEMA}.job_now(),
          keep_until = ${SCHEMA}.job_now() + (j.keep_until - j.start_after)
      where j.${BY_ID.replace(' and name', ' and j.name')} and state in ('failed', 'cancelled')
        and not exists (select from ${SCHEMA}.job other where other.name = j.name
          and other.singleton_key = j.singleton_key and other.state <= 'active')
      returning id`,
    [id],
  );
  return rows.length > 0;
}

/** Gives a job back that was begun: as if this try had never been. */
export async function giveBack(db: Db, name: string, id: string, retryCount: number) {
  await db.executeSql(
    `update ${SCHEMA}.job set state = 'created', started_on = null, heartbeat_on = null
      where name = $1 and id = $2 and state = 'active' and retry_count = $3`,
    [name, id, retryCount],
  );
}

export async function writeProgress(db: Db, id: string, part: number): Promise<void> {
  await db.executeSql(
    `insert into ${SCHEMA}.job_progress (id, part) values ($1, $2)
      on conflict (id) do update set part = excluded.part`,
    [id, part],
  );
}

/** Forgets what was kept long enough, and is not kept by pg-boss. */
export async function sweep(db: Db): Promise<void> {
  await db.executeSql(
    `delete from ${SCHEMA}.job
      where state = 'completed' and completed_on < ${SCHEMA}.job_now() - interval '1 day'`,
  );
  await db.executeSql(
    `delete from ${SCHEMA}.job_progress p
      where not exists (select from ${SCHEMA}.job j where j.id = p.id
        and j.name = any(array(select name from ${SCHEMA}.queue)))`,
  );
}
