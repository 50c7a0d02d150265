import { setTimeout } from 'node:timers/promises';
import { Client } from 'pg';
import { dependency, Vivace, type int } from 'vivace';
import { testClient } from 'vivace/testing';
import { Consumer, Event, Events, events, On } from '@vivace/events';
import { kafka } from '@vivace/events/kafka';
import { database, Entity, Id, Session } from '@vivace/sql';
import { testDatabase } from '@vivace/sql/testing';
import { KafkaServer, withoutKafka } from './kafka-server';

const missing = process.env['CI'] === undefined ? withoutKafka() : undefined;
if (missing !== undefined) console.info(`An outage is not tried on Kafka: ${missing}`);

@Event('parcels', { key: (event) => String(event.number) })
class ParcelSent {
  number!: int;
}
@Entity()
class Parcel {
  @Id() id!: int;
  number!: int;
}

const begun: number[] = [];
const gate = Promise.withResolvers<void>();

@Consumer({ group: 'post' })
class Post {
  constructor(private readonly db: Session) {}

  @On(ParcelSent, { retries: 0 })
  async sent({ number }: ParcelSent): Promise<void> {
    begun.push(number);
    await gate.promise;
    this.db.add(Parcel, { number });
  }
}

const parcels = database({ entities: [Parcel] });
const db = testDatabase(parcels);

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await setTimeout(20);
}

(missing === undefined ? test : test.skip)(
  'an event whose database is away waits for it, and that is no try',
  async () => {
    await using server = await KafkaServer.start();
    const broker = () => kafka({ brokers: [server.address], topics: { partitions: 1 } });
    const maker = broker();
    await maker.create(['parcels', 'parcels.post.dead']);
    await using fresh = await db.fresh();
    const { pathname } = new URL(fresh.url);
    const admin = new Client({ connectionString: new URL('/postgres', fresh.url).href });
    await admin.connect();
    const name = admin.escapeIdentifier(pathname.slice(1));
    const lines: string[] = [];
    const app = new Vivace({
      extensions: [parcels, events({ consumers: [Post], broker: broker() })],
      logger: { level: 'warn', stream: { write: (line: string) => void lines.push(line) } },
    });
    await using client = await testClient(app, { overrides: [fresh.override], work: 'auto' });
    await client.server.run(
      dependency({ published: Events }, ({ published }) => {
        for (const number of [1, 2, 3]) published.publish(ParcelSent, { number });
      }),
    );
    await until(() => begun.length === 3);

    await admin.query(`alter database ${name} allow_connections false`);
    await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [
      pathname.slice(1),
    ]);
    gate.resolve();
    await until(
      () => lines.filter((line) => line.includes("'post' waits for the database")).length === 3,
    );
    await admin.query(`alter database ${name} allow_connections true`);

    const numbers = (): Promise<number[]> =>
      client.server
        .run(dependency({ session: Session }, ({ session }) => session.find(Parcel, {})))
        .then((rows) => rows.map(({ number }) => number).toSorted());
    await until(async () => (await numbers().catch(() => [])).length === 3);
    expect(await numbers()).toEqual([1, 2, 3]);
    expect(await maker.waiting('post.dead', 'parcels.post.dead', 10)).toEqual([]);
    await maker.close();
    await admin.end();
  },
);
