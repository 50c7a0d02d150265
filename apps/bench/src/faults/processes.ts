import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { repository } from '../checkout.js';

const PROGRAM = join(repository, 'apps/bench/dist/servers/faults.js');

/** A process of the application: it serves, or works. */
export class Process implements Disposable {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
    /** Rejects when it ends by itself. */
    readonly ended: Promise<never>,
  ) {}

  static async start(does: 'serve' | 'work', database: string): Promise<Process> {
    const { NODE_ENV: _, JEST_WORKER_ID: __, ...env } = process.env;
    const child = fork(PROGRAM, [does], { env: { ...env, DATABASE_URL: database } });
    const ended = once(child, 'exit').then(() => {
      throw new Error(`The process that shall ${does} ended by itself.`);
    });
    const [{ url }] = (await Promise.race([once(child, 'message'), ended])) as [{ url: string }];
    ended.catch(() => undefined);
    return new Process(child, url, ended);
  }

  async kill(): Promise<void> {
    const ended = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await ended;
  }

  [Symbol.dispose](): void {
    this.child.kill('SIGKILL');
  }
}
