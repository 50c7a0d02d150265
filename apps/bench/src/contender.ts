import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { repository } from './checkout.js';
import { on } from './cores.js';

/** What a process has used. */
export interface Used {
  /** Microseconds of CPU time. */
  readonly cpu: number;
  /** Bytes of resident memory. */
  readonly memory: number;
  /** What its answers cost since the last look, slice by slice, in microseconds of CPU time; none where it cannot say. */
  readonly slices: readonly number[];
}

/** Milliseconds that a server has to end in order. */
const GRACE = 3000;

/** Ends a process; where that takes too long, at once. */
export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill();
  const late = setTimeout(() => child.kill('SIGKILL'), GRACE);
  await ended;
  clearTimeout(late);
}

/** A server in a process of its own. */
export interface Contender {
  readonly name: string;
  readonly url: string;
  used(): Promise<Used>;
  /** Ends its process, in order if it can. */
  stop(): Promise<void>;
}

/**
 * Starts a server of ours.
 *
 * @param server the program in `servers`
 * @param env what it reads from its environment, besides ours
 * @param folder the checkout whose packages it uses
 */
export function start(
  name: string,
  server: string,
  env: Readonly<Record<string, string>> = {},
  folder: string = repository,
): Promise<Contender> {
  return startProgram(name, join(folder, 'apps/bench/dist/servers', `${server}.js`), env);
}

/** Starts a program that tells where it listens, and what it has used when it is asked: see `ready`. */
export async function startProgram(
  name: string,
  program: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Contender> {
  const [command, ...args] = on('server', [process.execPath, program, '0']);
  const child = spawn(command, args, {
    env: { ...process.env, ...env, NODE_ENV: 'production' },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit').then(() => {
    throw new Error(`The server ${name} ended before it listened.`);
  });
  const [{ url }] = (await Promise.race([once(child, 'message'), ended])) as [{ url: string }];
  ended.catch(() => undefined);
  return {
    name,
    url: url.replace('[::1]', '127.0.0.1'),
    async used() {
      const answer = once(child, 'message') as Promise<
        [Omit<Used, 'cpu'> & { readonly cpu: NodeJS.CpuUsage }]
      >;
      child.send('used');
      const [{ cpu, ...more }] = await answer;
      return { ...more, cpu: cpu.user + cpu.system };
    },
    stop: () => end(child),
  };
}
