import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Census } from '../servers/soak.js';

/** The server that is loaded, in a process of its own. */
export interface Subject {
  readonly url: string;
  readonly port: number;
  census(): Promise<Census>;
  /** Waits until a census fits, and gives the last one however it is. */
  settled(fits: (census: Census) => boolean): Promise<Census>;
  /** Files of uploads that nobody has removed. */
  left(): number;
  stop(): Promise<void>;
}

/** @param timeouts of the server, in seconds */
export async function startSubject(
  program: string,
  timeouts: Readonly<Record<string, number>> = { headers: 5 },
): Promise<Subject> {
  const directory = mkdtempSync(join(tmpdir(), 'vivace-soak-'));
  const child = fork(program, ['0', directory, JSON.stringify(timeouts)], {
    env: { ...process.env, NODE_ENV: 'production' },
    execArgv: ['--expose-gc'],
  });
  const ended = once(child, 'exit');
  const [{ url }] = (await once(child, 'message')) as [{ url: string }];
  const census = async (): Promise<Census> => {
    const answer = once(child, 'message') as Promise<[Census]>;
    child.send('census');
    return (await answer)[0];
  };
  return {
    url,
    port: Number(new URL(url).port),
    census,
    async settled(fits) {
      for (let tries = 0; ; tries++) {
        const seen = await census();
        if (fits(seen) || tries === 100) return seen;
        await delay(100);
      }
    },
    left: () => readdirSync(directory, { recursive: true }).length,
    async stop() {
      child.kill('SIGKILL');
      await ended;
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
