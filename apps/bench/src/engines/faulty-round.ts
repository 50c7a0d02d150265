import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Postgres } from '../faults/postgres.js';
import type { Engine, Program } from './engine.js';
import { readyAgain } from './readiness.js';

/** Steps of an order, each an event: their order is what a key keeps. */
const STEPS = 3;
/** Requests at the same time. */
const CLIENTS = 8;

export interface RoundParts {
  readonly postgres: Postgres;
  readonly servers: readonly Program[];
  readonly workers: readonly Program[];
  /** Of which one after another is killed, frozen and restarted. */
  readonly engines: readonly Engine[];
  readonly orders: number;
  /** How many things happen, at least. */
  readonly faults: number;
}

export interface Outcome {
  readonly faults: readonly string[];
  /** Steps that were answered and have no bill. */
  readonly lost: number;
  /** Steps with more than one bill. */
  readonly twice: number;
  /** Orders whose steps were billed in another order. */
  readonly disordered: number;
  /** Milliseconds for which Redis has kept a request, the longest so far. */
  readonly wait: number;
  /** Seconds from the end of a fault until all processes said that they are ready, the longest. */
  readonly ready: number;
  /** Seconds from then on until all was billed. */
  readonly recovery: number;
}

/** Many orders, while things happen to what carries them; afterwards all is well. */
export async function faultyRound(parts: RoundParts): Promise<Outcome> {
  const { postgres, servers, workers, engines, orders } = parts;
  const ids = Array.from({ length: orders }, () => randomUUID());
  const waiting = [...ids];
  const client = async (): Promise<void> => {
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop())
      for (let step = 1; step <= STEPS; step += 1) {
        await answered(servers, 'PUT', `/orders/${id}/${step}`);
        await answered(servers, 'GET', `/orders/${id}`);
      }
  };
  const running = new Set(Array.from({ length: CLIENTS }, client));
  for (const one of running) {
    const end = (): void => void running.delete(one);
    one.then(end, end);
  }
  const clients = Promise.all(running);
  const faults: string[] = [];
  let ready = 0;
  while (running.size > 0 || faults.length < parts.faults) {
    faults.push(await something(engines));
    // The next one comes after all are well again, or in the middle of it.
    const isLast = running.size === 0 && faults.length >= parts.faults;
    if (isLast || Math.random() < 0.5)
      ready = Math.max(ready, await readyAgain([...servers, ...workers]));
  }
  await clients;
  const begun = performance.now();
  const outcome = await billed(postgres, ids);
  const wait = Math.max(...servers.map(({ longestWait }) => longestWait));
  return { faults, ...outcome, wait, ready, recovery: (performance.now() - begun) / 1000 };
}

/** By any server that answers. */
async function answered(
  servers: readonly Program[],
  method: 'GET' | 'PUT',
  path: string,
): Promise<void> {
  for (;;) {
    try {
      const server = servers[Math.floor(Math.random() * servers.length)]!;
      const signal = AbortSignal.timeout(10_000);
      const { ok, status } = await fetch(server.url + path, { method, signal });
      if (ok) return;
      if (status < 500 && status !== 429) throw new Refused(`${status} for ${method} ${path}`);
    } catch (error) {
      if (error instanceof Refused) throw error;
    }
    await delay(50);
  }
}

class Refused extends Error {}

/** Seconds-long, and over when it returns. */
async function something(engines: readonly Engine[]): Promise<string> {
  const engine = engines[Math.floor(Math.random() * engines.length)]!;
  const isFrozen = Math.random() < 0.4;
  await delay(Math.random() * 1000);
  if (isFrozen) {
    await engine.pause();
    await delay(500 + Math.random() * 2500);
    await engine.resume();
    return `${engine.name} frozen`;
  }
  await engine.kill();
  await delay(Math.random() * 500);
  await engine.start();
  return `${engine.name} killed`;
}

type Counts = Pick<Outcome, 'lost' | 'twice' | 'disordered'>;

/** Waits for the last bill, and counts. */
async function billed(postgres: Postgres, ids: readonly string[]): Promise<Counts> {
  const own = `(select unnest('{${ids.join()}}'::uuid[]) as "order")`;
  const wanted = ids.length * STEPS;
  const count = async (): Promise<number> => {
    const [row] = await postgres.ask<{ bills: number }>(
      `select count(distinct (b."order", step))::int as bills from bill b join ${own} o using ("order")`,
    );
    return row!.bills;
  };
  let bills = await count();
  // Nothing that is lost comes: one stops when nothing has come for long.
  for (let still = 0; bills < wanted && still < PATIENCE; still += 1) {
    await delay(LOOK);
    const now = await count();
    if (now > bills) still = 0;
    bills = now;
  }
  const [row] = await postgres.ask<{ twice: number; disordered: number }>(`
    with mine as (select b.* from bill b join ${own} o using ("order"))
    select (select count(*)::int from (select from mine group by "order", step having count(*) > 1) x) as twice,
      (select count(*)::int from (select from mine group by "order"
        having array_agg(step order by id) <> array_agg(step order by step)) y) as disordered`);
  return { lost: wanted - bills, ...row! };
}

/** Milliseconds between two looks, and how many without anything new. */
const LOOK = 250;
const PATIENCE = 400;
