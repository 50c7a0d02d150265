import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const { resolve } = createRequire(import.meta.url);
const CLI = join(dirname(resolve('@vivace/cli/package.json')), 'bin/vivace.js');
const BENCH = join(dirname(resolve('@vivace/bench/package.json')));

export interface End {
  /** The exit code. */
  readonly code: number | null;
  /** Milliseconds from the signal to the end. */
  readonly took: number;
}

/** A command of `vivace` that listens, until it is ended by SIGTERM. */
export class Command implements Disposable {
  private constructor(private readonly child: ChildProcess) {}

  /** @param listeners of its processes, which have to say that they listen */
  static async start(
    words: readonly string[],
    listeners: number,
    variables: Readonly<Record<string, string>> = {},
  ): Promise<Command> {
    const { NODE_ENV: _, JEST_WORKER_ID: __, ...env } = process.env;
    const child = spawn(process.execPath, [CLI, ...words], {
      cwd: BENCH,
      env: { ...env, ...variables },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    await new Promise<void>((listening, reject) => {
      child.once('exit', () => reject(new Error(`The command ended:\n${output}`)));
      child.stdout.on('data', (text) => {
        output += String(text);
        if (output.split('Server listening').length > listeners) listening();
      });
    });
    return new Command(child);
  }

  async end(): Promise<End> {
    const ended = once(this.child, 'exit') as Promise<[number | null]>;
    const begun = performance.now();
    this.child.kill('SIGTERM');
    const [code] = await ended;
    return { code, took: performance.now() - begun };
  }

  [Symbol.dispose](): void {
    this.child.kill('SIGKILL');
  }
}
