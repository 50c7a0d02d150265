import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { repository } from '../checkout.js';

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
  private constructor(readonly port: number) {}

  static async open(): Promise<Kafka> {
    const kafka = new Kafka(await freePort());
    await kafka.#tell('start');
    return kafka;
  }

  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  kill = (): Promise<void> => this.#tell('crash');
  pause = (): Promise<void> => this.#tell('pause');
  resume = (): Promise<void> => this.#tell('resume');
  start = (): Promise<void> => this.#tell('restart');
  [Symbol.asyncDispose] = (): Promise<void> => this.#tell('stop');

  async #tell(command: string): Promise<void> {
    await run(join(repository, 'scripts/kafka-broker.sh'), [command, String(this.port)]);
  }
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

  async start(): Promise<void> {
    const [file, ...args] = this.command;
    const { NODE_ENV: _, JEST_WORKER_ID: __, ...env } = process.env;
    const child = spawn(file, args, {
      env: { ...env, ...this.env },
      stdio: ['ignore', 'ignore', 'inherit', ...(this.tells ? (['ipc'] as const) : [])],
    });
    this.#child = child;
    if (!this.tells) return;
    const ended = once(child, 'exit').then(() => undefined);
    const said = (await Promise.race([once(child, 'message'), ended])) as
      [{ readonly url: string }] | undefined;
    // The engine that it needs at boot was away: it tries again, as whoever starts it would.
    if (said === undefined) return this.start();
    this.url = said[0].url.replace('[::1]', '127.0.0.1');
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

/** Kafka takes the next one too; they are below those that the system gives to clients. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    if ((await isFree(port)) && (await isFree(port + 1))) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const { promise, resolve } = Promise.withResolvers<boolean>();
  server.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true));
  const isFree = await promise;
  await new Promise((closed) => server.close(closed));
  return isFree;
}
