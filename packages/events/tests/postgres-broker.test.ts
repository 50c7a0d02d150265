import { Client, Pool } from 'pg';
import { database } from '@vivace/sql';
import { testDatabase } from '@vivace/sql/testing';
import { brokerContract } from '@vivace/events/testing';
import { CHANNEL } from '../src/publish/outbox';
import { PostgresBroker } from '../src/postgres/postgres-broker';
import { makeTables } from '../src/tables';

const db = testDatabase(database({ entities: [] }));
let fresh: Awaited<ReturnType<typeof db.fresh>>;
let pool: Pool;
let listening: Client;
const brokers = new Set<PostgresBroker>();

beforeAll(async () => {
  fresh = await db.fresh();
  await makeTables(fresh.url);
  pool = new Pool({ connectionString: fresh.url, max: 6 });
  pool.on('error', () => undefined);
  listening = new Client({ connectionString: fresh.url });
  await listening.connect();
  listening.on('notification', () => brokers.forEach((broker) => broker.ring()));
  await listening.query(`listen ${CHANNEL}`);
});
afterAll(async () => {
  await listening.end();
  await pool.end();
  await fresh[Symbol.asyncDispose]();
});
afterEach(() => brokers.clear());

function create(): PostgresBroker {
  const broker = new PostgresBroker(pool);
  brokers.add(broker);
  return broker;
}

describe('Postgres', () => {
  for (const [name, check] of Object.entries(brokerContract(create))) it(name, check);
});
