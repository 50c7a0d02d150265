import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Postgres } from '../faults/postgres.js';
import { freePort } from '../free-port.js';
import { Tally, type Ask } from './client.js';
import { Command } from './command.js';
import { asking, listening, type Load, type Outcome } from './round.js';

const PROGRAM = 'dist/servers/drained.js';
/** Processes that serve. */
const WORKERS = 2;
/** Answers to each client before the signal. */
const WARM = 10;

/** Why a request is lost that was answered 201. */
export const GONE = 'answered, and not kept';

type Variables = Readonly<Record<string, string>>;

/** Of a database of its own, where the program makes its tables. */
export const variablesOf = ({ url }: Postgres): Variables => ({
  DATABASE_URL: url,
  NODE_ENV: 'development',
});

/** What the database has of all rounds, when everything is done. */
export interface Effects {
  readonly purchases: number;
  /** Purchases whose job or event had no effect, and effects that were there before. */
  readonly lost: number;
  readonly twice: number;
}

/**
 * Two processes that serve and one that works, under load, are ended by SIGTERM together.
 *
 * @returns with what was answered 201 and is not there among the lost requests
 */
export async function workRound(postgres: Postgres, env: Variables, load: Load): Promise<Outcome> {
  const port = await freePort();
  using work = await working(env);
  using server = await Command.start(
    ['run', PROGRAM, '--no-work', ...listening(port, WORKERS)],
    WORKERS,
    env,
  );
  const tally = new Tally();
  const placed: string[] = [];
  const place: Ask = () => {
    const id = randomUUID();
    return {
      request: `PUT /purchases/${id} HTTP/1.1\r\nhost: localhost\r\ncontent-length: 0\r\n\r\n`,
      answered: (status) => void (status === 201 && placed.push(id)),
    };
  };
  const clients = asking(port, load, tally, place);
  while (placed.length < WARM * clients.length) await delay(5);
  const ends = await Promise.all([server.end(), work.end()]);
  await Promise.all(clients);
  const [row] = await postgres.ask<{ kept: number }>(
    `select count(*)::int as kept from purchase where id = any('{${placed.join()}}')`,
  );
  const gone = Array.from({ length: placed.length - row!.kept }, () => GONE);
  return { ...tally, lost: [...tally.lost, ...gone], ends };
}

/** Has what is left be done, and counts. */
export async function effects(postgres: Postgres, env: Variables): Promise<Effects> {
  using work = await working(env);
  const counted = async (): Promise<Effects> => {
    const [row] = await postgres.ask<Effects>(`
      select (select count(*)::int from purchase) as purchases,
        (select count(*)::int from purchase p, (values ('job'), ('event')) kind (by)
          where not exists (select from effect e where e.purchase = p.id and e.by = kind.by)) as lost,
        (select count(*)::int from (select from effect group by purchase, by having count(*) > 1) x) as twice`);
    return row!;
  };
  let now = await counted();
  // Nothing that is lost comes: one stops when nothing has come for long.
  for (let still = 0; now.lost > 0 && still < PATIENCE; still += 1) {
    await delay(LOOK);
    const before = now.lost;
    now = await counted();
    if (now.lost < before) still = 0;
  }
  await work.end();
  return now;
}

/** Milliseconds between two looks, and how many without anything new. */
const LOOK = 500;
const PATIENCE = 240;

async function working(env: Variables): Promise<Command> {
  return Command.start(['work', PROGRAM, '--port', String(await freePort())], 1, env);
}
