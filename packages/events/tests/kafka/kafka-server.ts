import { execFile, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const SCRIPT = join(__dirname, '../../../../scripts/kafka-broker.sh');

/** A Kafka of a file of tests. */
export class KafkaServer implements AsyncDisposable {
  private constructor(private readonly port: number) {}

  /** The first start fetches it. */
  static async start(): Promise<KafkaServer> {
    const server = new KafkaServer(await freePort());
    await server.tell('start');
    return server;
  }

  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  /** Freezes, thaws or kills it, or starts it on the data that it left. */
  async tell(command: 'start' | 'pause' | 'resume' | 'crash' | 'restart' | 'stop'): Promise<void> {
    await run(SCRIPT, [command, String(this.port)]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.tell('stop');
  }
}

/** Why there is no Kafka here; undefined where there is one. */
export function withoutKafka(): string | undefined {
  const absent = ['java', 'mvn'].find((tool) => spawnSync(tool, ['--version']).status !== 0);
  return absent && `${absent} is missing. Install a JDK (17 or newer) and Maven.`;
}

/** Two ports in a row, the second for its controller: below those that the system gives to clients. */
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
