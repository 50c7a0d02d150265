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

/** Kafka has a second port for its controller, which is the next one. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { readonly port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
