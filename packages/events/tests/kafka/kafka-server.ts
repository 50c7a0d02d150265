import { execFile, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const SCRIPT = join(__dirname, '../../../../scripts/kafka-broker.sh');

/** A Kafka of a file of tests. */
export class KafkaServer implements AsyncDisposable {
  private constructor(
    readonly address: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  /**
   * The first start fetches it.
   *
   * @param settings what the script takes
   */
  static async start(settings: Readonly<Record<string, string>> = {}): Promise<KafkaServer> {
    const env = { ...process.env, ...settings };
    const { stdout } = await run(SCRIPT, ['start', '0'], { env });
    return new KafkaServer(stdout.trim(), env);
  }

  /** Freezes, thaws or kills it, or starts it on the data that it left. */
  async tell(command: 'pause' | 'resume' | 'crash' | 'restart' | 'stop'): Promise<void> {
    await run(SCRIPT, [command, this.address.split(':')[1]!], { env: this.env });
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
