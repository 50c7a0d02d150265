import { setTimeout as delay } from 'node:timers/promises';
import { askUntilRefused, Tally, type Ask } from './client.js';
import { Command, type End } from './command.js';
import { freePort } from '../free-port.js';

export interface Load {
  /** Clients that keep their connections, and clients that make one for each request. */
  readonly kept: number;
  readonly fresh: number;
}

export interface Outcome extends Pick<Tally, 'answered' | 'lost'> {
  readonly ends: readonly End[];
}

/** Answers to each client before the signal: enough that every one is at work. */
const WARM = 50;

/** Starts a server, has it asked by many clients at once, and ends it with SIGTERM. */
export async function drainRound(workers: number, load: Load): Promise<Outcome> {
  const port = await freePort();
  using server = await Command.start(
    ['run', 'dist/servers/quick.js', ...listening(port, workers)],
    workers,
  );
  const tally = new Tally();
  const clients = asking(port, load, tally);
  while (tally.answered < WARM * clients.length) await delay(5);
  const ends = [await server.end()];
  await Promise.all(clients);
  return { ...tally, ends };
}

export function listening(port: number, workers: number): readonly string[] {
  return ['--host', '127.0.0.1', '--port', String(port), '--workers', String(workers)];
}

/** Clients that ask until they are refused. */
export function asking(
  port: number,
  { kept, fresh }: Load,
  tally: Tally,
  ask?: Ask,
): readonly Promise<void>[] {
  return Array.from({ length: kept + fresh }, (_, index) =>
    askUntilRefused(port, index < kept, tally, ask),
  );
}
