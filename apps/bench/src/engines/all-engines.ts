import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { kafka } from '@vivace/events/kafka';
import { Closing } from 'vivace/extend';
import { repository } from '../checkout.js';
import { Postgres } from '../faults/postgres.js';
import { application, Kafka, redisServer, type Engine, type Program } from './engine.js';

/** Everything that a round needs, running. */
export interface Engines extends AsyncDisposable {
  readonly postgres: Postgres;
  readonly servers: readonly Program[];
  readonly workers: readonly Program[];
  readonly engines: readonly Engine[];
}

/** Two processes that serve, two that relay and consume, on a PostgreSQL, a Kafka and a Redis of their own. */
export async function openEngines(): Promise<Engines> {
  await using closing = new Closing();
  const postgres = closing.use(await Postgres.open('engines'));
  const broker = closing.use(await Kafka.open());
  const redis = closing.use(await redisServer());
  const topics = kafka({ brokers: [broker.address], topics: { partitions: 6, replicas: 1 } });
  await topics.create(['engines.orders', 'engines.orders.engines-billing.dead']);
  await topics.close();
  const env = {
    DATABASE_URL: postgres.url,
    KAFKA_BROKERS: broker.address,
    REDIS_URL: redis.address,
  };
  const servers = ['application 1', 'application 2'].map((name) => application(name, 'serve', env));
  const workers = ['worker 1', 'worker 2'].map((name) => application(name, 'work', env));
  for (const one of [...servers, ...workers]) {
    await one.start();
    closing.use(one);
  }
  const opened = closing.move();
  return {
    postgres,
    servers,
    workers,
    engines: [broker, redis, ...servers, ...workers],
    [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
  };
}

/** What is missing here; undefined where all is there. */
export function missingEngine(): string | undefined {
  const tools = ['java', 'mvn', 'redis-server'];
  return tools.find((tool) => {
    try {
      execFileSync(tool, ['--version'], { cwd: join(repository), stdio: 'ignore' });
      return false;
    } catch {
      return true;
    }
  });
}
