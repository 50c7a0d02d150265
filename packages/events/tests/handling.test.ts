import { randomUUID } from 'node:crypto';
import { Min } from 'class-validator';
import { Vivace, type int } from 'vivace';
import { testClient } from 'vivace/testing';
import { Consumer, Delivery, Event, events, On } from '@vivace/events';
import { deliver } from '@vivace/events/testing';
import { database, Session, Transaction } from '@vivace/sql';
import { testDatabase } from '@vivace/sql/testing';
import { withEvents } from './programs/orders';

/** What the second version of the program has; the first one had one text for both names. */
@Event('people', {
  key: (event) => event.first,
  name: 'Person',
  version: 2,
  upgrade: (old) => {
    const [first, last] = (old as { name: string }).name.split(' ');
    return { first, last };
  },
})
class Person {
  first!: string;
  last!: string;
}
@Event('people', { key: () => 'all' })
class Census {
  @Min(0) count!: int;
}
@Event('ticks', { key: (event) => String(event.number) })
class Tick {
  number!: int;
}

@Event('moves', { key: (event) => event.to })
class Move {
  to!: string;
}

const seen: string[] = [];
let hang = false;

@Consumer({ group: 'register' })
class Register {
  constructor(private readonly db: Session) {}

  @On(Person, { retries: 0 })
  async person({ first, last }: Person, { attempt, publishedAt }: Delivery): Promise<void> {
    await this.db.execute('select 1');
    seen.push(`${last}, ${first} ${attempt} ${publishedAt.getUTCFullYear()}`);
  }
  @On(Census)
  census({ count }: Census): void {
    seen.push(`${count} people`);
  }
}
@Consumer({ group: 'clock' })
class Clock {
  @On(Tick, { once: false, timeout: 0.05, retries: 1 })
  async tick({ number }: Tick, signal: AbortSignal, { attempt }: Delivery): Promise<void> {
    seen.push(`tick ${number} ${attempt}`);
    if (!hang) return;
    await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  }
}

@Consumer({ group: 'movers' })
class Movers {
  @Transaction({ retries: 1 })
  @On(Move)
  async move({ to }: Move): Promise<void> {
    const isFirst = seen.push(`to ${to}${seen.length > 0 ? ' again' : ''}`) === 1;
    if (isFirst) throw Object.assign(new Error('conflict'), { code: '40001' });
  }
}

const people = database({ entities: [] });
const db = testDatabase(people);
const app = new Vivace({
  extensions: [people, events({ consumers: [Register, Clock, Movers] })],
  responseModels: 'written',
});

interface Row {
  readonly topic?: string;
  readonly value: unknown;
  readonly headers?: Record<string, string>;
}

/** Delivers what some producer has sent. */
async function delivered(...rows: readonly Row[]): Promise<string | undefined> {
  await using client = await testClient(app, { overrides: [db.rollback()] });
  seen.length = 0;
  await client.server.run(
    withEvents(async (_, session) => {
      for (const { topic = 'people', value, headers = {} } of rows)
        await session.execute(
          `insert into vivace_events.event_outbox (id, topic, key, value, headers) values (?, ?, 'k', ?, ?)`,
          [
            headers['event-id'] ?? randomUUID(),
            topic,
            typeof value === 'string' ? value : JSON.stringify(value),
            JSON.stringify(headers),
          ],
        );
    }),
  );
  return await deliver(client).then(
    () => undefined,
    (error: Error) => error.message,
  );
}
const person = { 'event-type': 'Person', 'event-version': '2' };
const time = { 'event-time': '2026-01-02T03:04:05Z' };

describe('an event', () => {
  it('of an older version is upgraded, beside new ones', async () => {
    const old = { ...person, ...time, 'event-version': '1' };
    const failure = await delivered(
      { value: { name: 'Ann Lee' }, headers: old },
      { value: { first: 'Bob', last: 'Ray' }, headers: { ...person, ...time } },
    );
    expect(failure).toBeUndefined();
    expect(seen).toEqual(['Lee, Ann 1 2026', 'Ray, Bob 1 2026']);
  });

  const unreadable: readonly [what: string, row: Row, message: string | RegExp][] = [
    [
      'of a newer version',
      { value: {}, headers: { ...person, 'event-version': '3' } },
      'Its version is 3, and Person has 2.',
    ],
    [
      'of a version that is no number',
      { value: {}, headers: { ...person, 'event-version': 'x' } },
      'Its version is x, and Person has 2.',
    ],
    ...['', '-1', '1.5', '0x1'].map((version): (typeof unreadable)[number] => [
      `of the version '${version}'`,
      { value: {}, headers: { ...person, 'event-version': version } },
      `Its version is ${version}, and Person has 2.`,
    ]),
    ['that is no JSON', { value: '{', headers: person }, 'It is no JSON.'],
    ['that does not fit', { value: { first: 'Ann' }, headers: person }, /last/],
    ['that breaks a rule', { value: { count: -1 }, headers: { 'event-type': 'Census' } }, /count/],
    ['of no type, where the topic has several', { value: {} }, "It has no header 'event-type'."],
  ];
  it.each(unreadable)('%s is a dead letter at once', async (_, row, message) => {
    expect(await delivered(row)).toMatch(message);
    expect(seen).toEqual([]);
  });

  it('of another producer needs no headers where the topic has one type', async () => {
    expect(await delivered({ topic: 'ticks', value: { number: 1 } })).toBeUndefined();
    expect(seen).toEqual(['tick 1 1']);
  });

  it('of a time that nobody can read has that of its delivery', async () => {
    const headers = { ...person, 'event-time': 'yesterday' };
    expect(await delivered({ value: { first: 'A', last: 'B' }, headers })).toBeUndefined();
    expect(seen).toEqual([`B, A 1 ${new Date().getUTCFullYear()}`]);
  });

  it('of a type that the group has no method for is passed over', async () => {
    const failure = await delivered({ value: {}, headers: { 'event-type': 'Moved' } });
    expect(failure).toBeUndefined();
    expect(seen).toEqual([]);
  });

  it('that died in the group is no event to pass over where its method is gone', async () => {
    const headers = { 'event-type': 'Moved', 'vivace-group': 'register' };
    expect(await delivered({ value: {}, headers })).toBe('The group has no method for Moved.');
  });

  it('for another group alone is passed over', async () => {
    const headers = { ...person, 'vivace-group': 'others' };
    expect(await delivered({ value: { first: 'A', last: 'B' }, headers })).toBeUndefined();
    expect(seen).toEqual([]);
  });

  it('that comes twice is handled once, unless its method says otherwise', async () => {
    const once = {
      value: { first: 'A', last: 'B' },
      headers: { ...person, ...time, 'event-id': 'a' },
    };
    const tick = { topic: 'ticks', value: { number: 1 }, headers: { 'event-id': 'a' } };
    expect(await delivered(once, once, tick, tick)).toBeUndefined();
    expect(seen).toEqual(['B, A 1 2026', 'tick 1 1', 'tick 1 1']);
  });

  it('that comes twice is handled once also where its handler was run again', async () => {
    const moved = { topic: 'moves', value: { to: 'Rome' }, headers: { 'event-id': 'm' } };
    expect(await delivered(moved, moved)).toBeUndefined();
    expect(seen).toEqual(['to Rome', 'to Rome again']);
  });

  it('whose handler takes too long is tried again, and dead at last', async () => {
    hang = true;
    const failure = await delivered({ topic: 'ticks', value: { number: 1 } });
    hang = false;
    expect(failure).toBe('It took longer than 0.05 s.');
    expect(seen).toEqual(['tick 1 1', 'tick 1 2']);
  });
});
