import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { repository } from './checkout.js';

/** A server in a process of its own. */
export interface Contender {
  readonly name: string;
  readonly url: string;
  /** Microseconds of CPU time that its process has used. */
  cpu(): Promise<number>;
  stop(): void;
}

/**
 * @param server the program in `servers`
 * @param env what it reads from its environment, besides ours
 * @param folder the checkout whose packages it uses
 */
export async function start(
  name: string,
  server: string,
  env: Readonly<Record<string, string>> = {},
  folder: string = repository,
): Promise<Contender> {
  const child = fork(join(folder, 'apps/bench/dist/servers', `${server}.js`), ['0'], {
    env: { ...process.env, ...env, NODE_ENV: 'production' },
  });
  const ended = once(child, 'exit').then(() => {
    throw new Error(`The server ${name} ended before it listened.`);
  });
  const [{ url }] = (await Promise.race([once(child, 'message'), ended])) as [{ url: string }];
  ended.catch(() => undefined);
  return {
    name,
    url,
    async cpu() {
      const answer = once(child, 'message') as Promise<[{ cpu: NodeJS.CpuUsage }]>;
      child.send('cpu');
      const [{ cpu }] = await answer;
      return cpu.user + cpu.system;
    },
    stop: () => void child.kill('SIGKILL'),
  };
}
