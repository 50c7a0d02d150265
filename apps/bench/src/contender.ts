import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A server in a process of its own. */
export interface Contender {
  readonly name: string;
  readonly url: string;
  /** Microseconds of CPU time that its process has used. */
  cpu(): Promise<number>;
  stop(): void;
}

export async function start(name: string): Promise<Contender> {
  const child = fork(fileURLToPath(new URL(`./servers/${name}.js`, import.meta.url)), ['0'], {
    env: { ...process.env, NODE_ENV: 'production' },
  });
  const [{ url }] = (await once(child, 'message')) as [{ url: string }];
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
