import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { repository } from '../checkout.js';
import { freePort } from '../free-port.js';

const run = promisify(execFile);

/** Something that may be killed, frozen and restarted. */
export interface Engine extends AsyncDisposable {
  readonly name: string;
  kill(): Promise<void>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** After it was killed; on what it had. */
  start(): Promise<void>;
}

/** A Kafka of its own. */
export class Kafka implements Engine {
  readonly name = 'Kafka';
  private constructor(readonly address: string) {}

  static async open(): Promise<Kafka> {
    return new Kafka(await script('start', '0'));
  }

  kill = (): Promise<void> => this.#tell('crash');
  pause = (): Promise<void> => this.#tell('pause');
  resume = (): Promise<void> => this.#tell('resume');
  start = (): Promise<void> => this.#tell('restart');
  [Symbol.asyncDispose] = (): Promise<void> => this.#tell('stop');

  async #tell(command: string): Promise<void> {
    await script(command, this.address.split(':')[1]!);
  }
}

/** @returns what it prints */
async function script(command: string, port: string): Promise<string> {
  const { stdout } = await run(join(repository, 'scripts/kafka-broker.sh'), [command, port]);
  return stdout.trim();
}

/** What a process of the application tells. */
interface Said {
  readonly url?: string;
  readonly wait?: number;
}

/** A process of Node or Redis. */
export class Program implements Engine {
  #child: ChildProcess | undefined;

  constructor(
    readonly name: string,
    private readonly command: readonly [string, ...string[]],
    private readonly env: Readonly<Record<string, string>> = {},
    /** Whether it says where it listens. */
    private readonly tells = false,
  ) {}

  /** Where it listens. */
  url = '';
  /** Milliseconds for which Redis has kept one of its requests, the longest. */
  longestWait = 0;

  async start(): Promise<void> {
    const [file, ...args] = this.command;
    const { NODE_ENV: _, JEST_WORKER_ID: __, ...env } = process.env;
    const child = spawn(file, args, {
      env: { ...env, ...this.env },
      stdio: ['ignore', 'ignore', 'inherit', ...(this.tells ? (['ipc'] as const) : [])],
    });
    this.#child = child;
    if (!this.tells) return;
    const listening = new Promise<string>((resolve) =>
      child.on('message', ({ url, wait }: Said) => {
        if (url !== undefined) resolve(url);
        if (wait !== undefined) this.longestWait = Math.max(this.longestWait, wait);
      }),
    );
    const ended = once(child, 'exit').then(() => undefined);
    const url = await Promise.race([listening, ended]);
    // The engine that it needs at boot was away: it tries again, as whoever starts it would.
    if (url === undefined) return this.start();
    this.url = url.replace('[::1]', '127.0.0.1');
  }

  async kill(): Promise<void> {
    const child = this.#child!;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }
  async pause(): Promise<void> {
    this.#child!.kill('SIGSTOP');
  }
  async resume(): Promise<void> {
    this.#child!.kill('SIGCONT');
  }
  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
  }
}

/** Redis on a port of its own, without anything on disk. */
export async function redisServer(): Promise<Program & { readonly address: string }> {
  const port = String(await freePort());
  const args = ['--port', port, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const redis = new Program('Redis', ['redis-server', ...args]);
  await redis.start();
  return Object.assign(redis, { address: `redis://127.0.0.1:${port}` });
}

/** A process of the application: it serves, or relays and consumes. */
export function application(
  name: string,
  does: 'serve' | 'work',
  env: Readonly<Record<string, string>>,
): Program {
  const program = join(repository, 'apps/bench/dist/servers/engines.js');
  return new Program(name, [process.execPath, program, does], env, true);
}
