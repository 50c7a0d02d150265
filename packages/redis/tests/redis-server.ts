import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { Redis } from 'ioredis';

const PROGRAM = 'redis-server';
const isMissing = spawnSync(PROGRAM, ['--version']).status !== 0;

/** Skipped where there is no Redis, but not in continuous integration. */
export const describeWithRedis =
  isMissing && process.env['CI'] === undefined ? describe.skip : describe;
if (isMissing)
  console.info('Redis is not tried: install redis-server (apt-get install redis-server).');

/** A Redis of its own, on a port that nobody else uses. */
export class RedisServer implements AsyncDisposable {
  #process: ChildProcess | undefined;

  private constructor(
    readonly port: number,
    readonly options: readonly string[],
    readonly first: readonly string[] = ['--save', '', '--appendonly', 'no'],
  ) {}

  static async start(...options: string[]): Promise<RedisServer> {
    const server = new RedisServer(await freePort(), options);
    await server.start();
    return server;
  }

  /** @param file its configuration, which it writes too */
  static async startSentinel(file: string): Promise<RedisServer> {
    const server = new RedisServer(await freePort(), [], [file, '--sentinel']);
    await server.start();
    return server;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    const { port, options } = this;
    const where = ['--port', `${port}`, '--bind', '127.0.0.1'];
    this.#process = spawn(PROGRAM, [...this.first, ...where, ...options], { stdio: 'ignore' });
    await until(async () => {
      const client = new Redis(port, '127.0.0.1', {
        lazyConnect: true,
        retryStrategy: () => null,
        disconnectTimeout: 50,
      });
      client.on('error', () => undefined);
      try {
        await client.connect();
        return (await client.ping()) === 'PONG';
      } catch {
        return false;
      } finally {
        client.disconnect();
      }
    });
  }

  /** It goes without a word. */
  async kill(): Promise<void> {
    const running = this.#process!;
    running.kill('SIGCONT');
    running.kill('SIGKILL');
    if (running.exitCode === null && running.signalCode === null) await once(running, 'exit');
  }
  /** It is there, and answers nothing. */
  freeze(): void {
    this.#process!.kill('SIGSTOP');
  }
  thaw(): void {
    this.#process!.kill('SIGCONT');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Settles when something is so. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await setTimeout(10);
}
