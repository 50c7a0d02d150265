import { setTimeout } from 'node:timers/promises';
import { Pool } from 'pg';
import { Vivace } from 'vivace';
import { testClient } from 'vivace/testing';
import { Consumer, Event, events, On } from '@vivace/events';
import { database } from '@vivace/sql';
import { testDatabase } from '@vivace/sql/testing';
import { PostgresBroker } from '../src/postgres/postgres-broker';
import { withEvents } from './programs/orders';

@Event('odd', { key: (event) => event.what })
class Odd {
  what!: string;
}

/** What a handler may throw, and what is kept of it. */
const THROWN: Readonly<Record<string, readonly [thrown: unknown, kept: string]>> = {
  nothing: [undefined, 'undefined'],
  null: [null, 'null'],
  'a number': [5, '5'],
  'a symbol': [Symbol('odd'), 'Symbol(odd)'],
  'an object': [{ code: 1 }, '{ code: 1 }'],
  'an object that is no text': [Object.create(null), '[Object: null prototype] {}'],
  'U+0000': [new Error('a\0b'), 'a\u{fffd}b'],
  'half a character': [new Error('a\ud800b'), 'a\u{fffd}b'],
  'half a character at the end of what is kept': [
    new Error(`${'x'.repeat(1999)}🎈`),
    `${'x'.repeat(1999)}\u{fffd}…`,
  ],
  'more than anybody reads': [new Error('x'.repeat(3_000_000)), `${'x'.repeat(2000)}…`],
};
const tries = new Map<string, number>();

@Consumer({ group: 'odd' })
class Handler {
  @On(Odd, { retries: 1 })
  handle({ what }: Odd): void {
    tries.set(what, (tries.get(what) ?? 0) + 1);
    throw THROWN[what]![0];
  }
}

const odd = database({ entities: [] });
const db = testDatabase(odd);
const app = new Vivace({ extensions: [odd, events({ consumers: [Handler] })], logger: false });

test('whatever handlers throw is tried again and then a dead letter, also many at the same time', async () => {
  await using fresh = await db.fresh();
  await using client = await testClient(app, { overrides: [fresh.override], work: 'auto' });
  const all = Object.keys(THROWN);
  await client.server.run(
    withEvents(async (published) => {
      for (const what of all) published.publish(Odd, { what });
    }),
  );
  const pool = new Pool({ connectionString: fresh.url, max: 2 });
  pool.on('error', () => undefined);
  const dead = () => new PostgresBroker(pool).waiting('odd.dead', 'odd.odd.dead', all.length);
  while ((await dead()).length < all.length) await setTimeout(50);
  const kept = new Map((await dead()).map(({ key, headers }) => [key, headers['dead-error']]));
  await pool.end();
  for (const what of all) expect([what, kept.get(what)]).toEqual([what, THROWN[what]![1]]);
  expect([...tries.values()]).toEqual(all.map(() => 2));
});
