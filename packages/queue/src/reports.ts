import type { Db } from 'pg-boss';
import { rowsOf, SCHEMA } from './rows';

/** How many dead jobs are listed. */
const LISTED = 100;

interface DeadRow {
  readonly id: string;
  readonly name: string;
  readonly ended: string;
  readonly tries: number;
  readonly message: string | null;
}

/** A line for each dead job, the last one first. */
export async function deadJobs(db: Db): Promise<readonly string[]> {
  const rows = await rowsOf<DeadRow>(
    db,
    `select id, name, retry_count + 1 as tries, output->>'message' as message,
      to_char(completed_on at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as ended
      from ${SCHEMA}.job where state = 'failed' order by completed_on desc limit ${LISTED}`,
  );
  if (rows.length === 0) return ['No job is dead.'];
  return rows.map(({ id, name, ended, tries, message }) =>
    // What an error says may be anything, also what moves the cursor.
    `${ended}  ${name}  ${id}  ${tries} tries  ${(message ?? '').replaceAll(/\p{Cc}+/gu, ' ')}`.trimEnd(),
  );
}

interface CountRow {
  readonly name: string;
  readonly waiting: number;
  readonly running: number;
  readonly done: number;
  readonly dead: number;
}

/** A line for each name of jobs. */
export async function jobCounts(db: Db): Promise<readonly string[]> {
  const rows = await rowsOf<CountRow>(
    db,
    `select q.name,
      (count(*) filter (where j.state in ('created', 'retry')))::int as waiting,
      (count(*) filter (where j.state = 'active'))::int as running,
      (count(*) filter (where j.state = 'completed'))::int as done,
      (count(*) filter (where j.state = 'failed'))::int as dead
      from ${SCHEMA}.queue q left join ${SCHEMA}.job j on j.name = q.name
      where q.name not like '\\_\\_%' group by q.name order by q.name`,
  );
  return rows.map(
    ({ name, waiting, running, done, dead }) =>
      `${name}  ${waiting} waiting  ${running} running  ${done} done  ${dead} dead`,
  );
}
