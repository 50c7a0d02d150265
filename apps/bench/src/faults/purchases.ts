import { setTimeout as delay } from 'node:timers/promises';
import type { Postgres } from './postgres.js';

/** What is wrong with what the database holds; nothing of it should be. */
export interface Wrongs {
  /** Purchases without all their lines or their job. */
  readonly half: number;
  /** Jobs that were done more than once in effect. */
  readonly twice: number;
}

/**
 * What is wrong when every purchase has its bill, which is waited for.
 *
 * @throws Error where for two minutes none got one
 */
export async function wrongs(postgres: Postgres): Promise<Wrongs> {
  let [left, end] = [Infinity, 0];
  while (left > 0) {
    const without = await withoutBill(postgres);
    if (without < left) [left, end] = [without, performance.now() + PATIENCE];
    if (performance.now() > end) throw new Error(`${left} purchases get no bill.`);
    await delay(200);
  }
  const [row] = await postgres.ask<Wrongs>(`
    select
      (select count(*)::int from purchase p where
        (select count(*) from line where purchase_id = p.id) <> 3 or
        (select count(*) from vivace_jobs.job where data->>'purchase' = p.id::text) <> 1) as half,
      (select count(*)::int from (select from bill group by purchase having count(*) > 1) twice) as twice`);
  return row!;
}

/** Milliseconds: a claim that was lost with its process is found within a minute. */
const PATIENCE = 120_000;

async function withoutBill(postgres: Postgres): Promise<number> {
  const [row] = await postgres.ask<{ count: number }>(
    'select count(*)::int from purchase p where not exists (select from bill where purchase = p.id)',
  );
  return row!.count;
}

/** Which of these purchases are there. */
export async function kept(postgres: Postgres): Promise<ReadonlySet<string>> {
  const rows = await postgres.ask<{ id: string }>('select id from purchase');
  return new Set(rows.map(({ id }) => id));
}
