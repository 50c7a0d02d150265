import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import Ajv from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { Command } from 'commander';
import { Client } from 'pg';
import { Vivace } from 'vivace';
import { testClient, type TestClient } from 'vivace/testing';
import { events } from '@vivace/events';
import { testDatabase } from '@vivace/sql/testing';
import { eventsCommand } from '../src/commands/commands';
import {
  app,
  failures,
  orderDatabase,
  Orders,
  Refused,
  Statistics,
  tries,
} from './programs/orders';

const db = testDatabase(orderDatabase);
const root = mkdtempSync(join(tmpdir(), 'vivace-events-'));
afterAll(() => rmSync(root, { recursive: true }));

async function run(application: Vivace, ...words: string[]): Promise<string[]> {
  const lines: string[] = [];
  const program = new Command().exitOverride().configureOutput({ writeErr: () => {} });
  const project = { root, application: async () => application };
  eventsCommand(program, project, (...words: string[]) => void lines.push(words.join(' ')));
  await program.parseAsync(['events', ...words], { from: 'user' });
  return lines;
}

describe('vivace events', () => {
  it('lists the topics that the program needs', async () => {
    expect(await run(app, 'topics')).toEqual([
      'orders',
      'orders.billing.dead',
      'orders.statistics.dead',
      'PostgreSQL carries them, where nothing has to be made.',
    ]);
  });

  it('lists dead letters, and gives them to their group once more', async () => {
    await using fresh = await db.fresh();
    const overrides = [fresh.override];
    const application = Object.assign(Object.create(app) as Vivace, {
      build: () => app.build({ overrides }),
    });
    await using client = await testClient(app, { overrides, work: 'auto' });
    tries.length = 0;
    failures.set(1, () => {
      throw new Refused('no\nmoney');
    });
    const dead = () => run(application, 'dead', 'billing');
    const replayed = async () =>
      expect(await run(application, 'dead', 'billing', '--replay')).toEqual([
        '1 event comes to billing again.',
      ]);
    const died = async (times: number) => {
      while (tries.length < times || (await dead())[0] === 'No event is dead.')
        await setTimeout(50);
      expect(await dead()).toEqual([
        expect.stringMatching(
          RegExp(`^\\d{4}-.+Z  orders  OrderPlaced  [-\\da-f]{36}  ${id}  1 tries  no money$`),
        ) as string,
      ]);
    };
    expect(await dead()).toEqual(['No event is dead.']);
    const { id } = (await client.post('/orders/', { json: { quantity: 1 } })).json<{
      id: string;
    }>();
    await died(1);
    await replayed();
    await died(2);
    failures.clear();
    await replayed();
    while (tries.length < 3) await setTimeout(50);
    expect(await dead()).toEqual(['No event is dead.']);
    const effects = (await client.get('/orders/effects')).json<string[]>();
    expect(effects.filter((text) => text.startsWith('placed'))).toHaveLength(1);
    await expect(run(application, 'dead', 'nobody')).rejects.toThrow(
      "There is no group 'nobody'; there is billing, statistics.",
    );
  });

  it('lists what the database keeps for groups, and forgets one that has left', async () => {
    await using fresh = await db.fresh();
    const overrides = [fresh.override];
    const warnings: string[] = [];
    const stream = { write: (line: string) => void warnings.push(line) };
    const later = new Vivace({
      controllers: [Orders],
      extensions: [orderDatabase, events({ consumers: [Statistics] })],
      logger: { level: 'warn', stream },
    });
    const over = (application: Vivace) =>
      Object.assign(Object.create(application) as Vivace, {
        build: () => application.build({ overrides }),
      });
    const groups = (...words: string[]) => run(over(later), 'groups', ...words);
    const start = (application: Vivace) => testClient(application, { overrides, work: 'auto' });
    const place = (client: TestClient) => client.post('/orders/', { json: { quantity: 1 } });
    const statistics = 'statistics  orders  0 waiting, 0 dead';
    const billing = 'billing  orders  1 waiting, 1 dead';
    const query = async (text: string) => {
      const client = new Client({ connectionString: fresh.url });
      await client.connect();
      return client.query(text).finally(() => client.end());
    };
    const until = async (line: string) => {
      while (!(await groups()).some((one) => one.startsWith(line))) await setTimeout(50);
    };

    tries.length = 0;
    const work = Promise.withResolvers<void>();
    failures.set(1, () => work.promise);
    const before = await start(app);
    await using now = await start(later);
    await place(now);
    while (tries.length === 0) await setTimeout(20);
    await expect(groups('--forget', 'billing')).rejects.toThrow(
      "A process handles events of 'orders' for the group 'billing'.",
    );
    work.reject(new Refused());
    await until('billing  orders  0 waiting, 1 dead');
    await before.close();
    failures.clear();
    expect((await place(now)).status).toBe(201);
    await until(statistics);
    expect(await groups()).toEqual([`${billing}  of no consumer of this program`, statistics]);

    await expect(groups('--forget', 'statistics')).rejects.toThrow(
      "A consumer of this program has the group 'statistics'",
    );
    await expect(groups('--forget', 'nobody')).rejects.toThrow(
      "The database keeps events for no group 'nobody'; there is billing, statistics.",
    );
    await query("update vivace_events.job set created_on = now() - interval '61 minutes'");
    expect(warnings.join('')).not.toContain('billing');
    await (await start(later)).close();
    expect(warnings.filter((line) => line.includes('--forget billing'))).toHaveLength(1);

    expect(await groups('--forget', 'billing')).toEqual([`${billing}  forgotten`]);
    await place(now);
    await until(statistics);
    expect(await groups()).toEqual([statistics]);
    const { rows } = await query(
      "select from vivace_events.job where name like '%billing%' union all select from vivace_events.queue where name like '%billing%'",
    );
    expect(rows).toEqual([]);
  });

  it('says which broker it does not reach', async () => {
    process.env['KAFKA_BROKERS'] = '127.0.0.1:1';
    try {
      await expect(run(app, 'topics')).rejects.toThrow(
        'Kafka (127.0.0.1:1): connect ECONNREFUSED 127.0.0.1:1',
      );
    } finally {
      delete process.env['KAFKA_BROKERS'];
    }
  });

  it('writes what events are, and finds a change that others cannot read', async () => {
    await expect(run(app, 'check')).rejects.toThrow('events has no events to compare with');
    expect(await run(app, 'schema')).toEqual([
      'events/orders.OrderPlaced.json',
      'events/orders.OrderBilled.json',
      'events/asyncapi.json',
    ]);
    expect(await run(app, 'check')).toEqual([
      'All events can be read, by old consumers and by new ones.',
    ]);
    const file = join(root, 'events/orders.OrderPlaced.json');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replaceAll('"quantity"', '"amount"'));
    writeFileSync(join(root, 'events/merged.json'), '<<<<<<< HEAD');
    await expect(run(app, 'check')).rejects.toThrow(
      'events/merged.json: it is not what `schema` writes',
    );
    rmSync(join(root, 'events/merged.json'));
    await expect(run(app, 'check')).rejects.toThrow(
      "orders/OrderPlaced: old consumers cannot read no 'amount'\n" +
        "orders/OrderPlaced: events of before have no 'quantity'",
    );
  });

  it('writes a document whose schemas fit the events', async () => {
    await run(app, 'schema');
    const document = JSON.parse(readFileSync(join(root, 'events/asyncapi.json'), 'utf8')) as {
      asyncapi: string;
      channels: object;
      operations: object;
      components: { messages: Record<string, { payload: object; headers: object }> };
    };
    expect(document).toMatchObject({
      asyncapi: '3.0.0',
      channels: { orders: { address: 'orders' } },
      operations: {
        'send.orders': { action: 'send' },
        'billing.orders': { action: 'receive', channel: { $ref: '#/channels/orders' } },
      },
    });
    const ajv = new Ajv({ strict: false });
    addFormats(ajv);
    const { payload, headers } = document.components.messages['orders.OrderPlaced']!;
    const fits = ajv.compile(payload);
    expect(fits({ id: crypto.randomUUID(), quantity: 1 })).toBe(true);
    expect(fits({ id: 'x', quantity: -1 })).toBe(false);
    expect(ajv.compile(headers)({ 'event-id': 'a' })).toBe(false);
  });
});
