import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Postgres } from './postgres.js';
import type { Process } from './processes.js';
import { kept } from './purchases.js';

/** What is done to the server, and when it is over. */
export const FAULTS: Readonly<Record<string, (postgres: Postgres) => Promise<void>>> = {
  'kill −9': async (postgres) => {
    postgres.kill();
    await postgres.ask('select 1');
  },
  SIGSTOP: async (postgres) => {
    postgres.pause();
    await delay(PAUSE);
    postgres.goOn();
  },
  restart: async (postgres) => {
    postgres.restart();
    await postgres.ask('select 1');
  },
};
/** Milliseconds: longer than a statement may take. */
const PAUSE = 4000;

export interface Outcome {
  readonly answers: Readonly<Record<string, number>>;
  /** Answered 201, and not there. */
  readonly lost: number;
  /** Milliseconds of the request that took longest. */
  readonly slowest: number;
  /** Milliseconds from the end of the fault until the server said that it is ready. */
  readonly ready: number;
}

/** Many purchases, in the middle of which something happens to the database. */
export async function faultRound(
  postgres: Postgres,
  server: Process,
  fault: (postgres: Postgres) => Promise<void>,
  requests: number,
): Promise<Outcome> {
  const answers: Record<string, number> = {};
  const accepted: string[] = [];
  let [left, slowest] = [requests, 0];
  const middle = Promise.withResolvers<void>();
  const client = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      if (left <= requests / 2) middle.resolve();
      const id = randomUUID();
      const begun = performance.now();
      const status = await place(server.url, id);
      slowest = Math.max(slowest, performance.now() - begun);
      answers[status] = (answers[status] ?? 0) + 1;
      if (status === '201') accepted.push(id);
      // Clients that are told to come again in a moment do not ask at once.
      else await delay(100);
    }
  };
  const clients = Array.from({ length: CLIENTS }, client);
  await middle.promise;
  await fault(postgres);
  const over = performance.now();
  while (!(await isReady(server.url))) await delay(20);
  const ready = performance.now() - over;
  await Promise.all(clients);
  const there = await kept(postgres);
  const lost = accepted.filter((id) => !there.has(id)).length;
  return { answers, lost, slowest, ready };
}

/** More than connections. */
const CLIENTS = 20;

async function place(url: string, id: string): Promise<string> {
  try {
    const { status } = await fetch(`${url}/purchases/`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id }),
    });
    return String(status);
  } catch (error) {
    return (error as Error).message;
  }
}

async function isReady(url: string): Promise<boolean> {
  return (await fetch(`${url}/readyz`)).ok;
}
