import { setTimeout as delay } from 'node:timers/promises';
import type { Postgres } from './postgres.js';

/** What is wrong with what the database holds; nothing of it should be. */
export interface Wrongs {
  /** Purchases without all their lines or their job. */
  readonly half: number;
  /** Jobs that were done more than once in effect. */
  readonly twice: number;
}

/** What is wrong when every purchase has its bill, which is waited for. */
export async function wrongs(postgres: Postgres): Promise<Wrongs> {
  const open =
    'select 1 from purchase p where not exists (select from bill where purchase = p.id) limit 1';
  while ((await postgres.ask(open)).length > 0) await delay(200);
  const [row] = await postgres.ask<Wrongs>(`
    select
      (select count(*)::int from purchase p where
        (select count(*) from line where purchase_id = p.id) <> 3 or
        (select count(*) from vivace_jobs.job where data->>'purchase' = p.id::text) <> 1) as half,
      (select count(*)::int from (select from bill group by purchase having count(*) > 1) twice) as twice`);
  return row!;
}

/** Which of these purchases are there. */
export async function kept(postgres: Postgres): Promise<ReadonlySet<string>> {
  const rows = await postgres.ask<{ id: string }>('select id from purchase');
  return new Set(rows.map(({ id }) => id));
}
