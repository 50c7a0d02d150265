import type { Db } from 'pg-boss';
import type { Gauge } from 'vivace/extend';
import { rowsOf, SCHEMA } from './rows';

const STATES = ['waiting', 'running', 'dead'] as const;

/** How many jobs there are of each name, for who measures. It is the same in every process. */
export async function jobGauges(db: Db): Promise<readonly Gauge[]> {
  const rows = await rowsOf<Record<(typeof STATES)[number], number> & { readonly name: string }>(
    db,
    `select q.name,
      (count(*) filter (where j.state in ('created', 'retry')))::int as waiting,
      (count(*) filter (where j.state = 'active'))::int as running,
      (count(*) filter (where j.state = 'failed'))::int as dead
      from ${SCHEMA}.queue q left join ${SCHEMA}.job j
        on j.name = q.name and j.state in ('created', 'retry', 'active', 'failed')
      where q.name not like '\\_\\_%' group by q.name`,
  );
  return rows.flatMap(({ name, ...counts }) =>
    STATES.map((state) => ({
      name: 'jobs',
      help: 'Jobs that wait, run, or are dead',
      labels: { job: name, state },
      value: counts[state],
    })),
  );
}
