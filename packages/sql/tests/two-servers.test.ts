import { Controller, Get, HTTPException, Post, Rooms, Vivace, type int } from 'vivace';
import { Closing, workOf } from 'vivace/extend';
import { cache, idempotency, rateLimit, sessions, WebSession } from 'vivace/middleware';
import { testClient } from 'vivace/testing';
import { Client } from 'pg';
import { database, Entity, Id, Session } from '@vivace/sql';
import { testDatabase } from '@vivace/sql/testing';

@Entity()
class Order {
  @Id() id!: int;
  item!: string;
}

let made = 0;

@Controller()
class Shop {
  constructor(private readonly db: Session) {}

  /** Refuses each login, whose session is rolled back. */
  @Post('/login', { middleware: [rateLimit({ limit: 3, seconds: 60 })] })
  async login(): Promise<void> {
    this.db.add(Order, { item: 'never' });
    await this.db.flush();
    throw new HTTPException(401);
  }
  @Post('/orders', { middleware: [idempotency({ key: () => 'ann' })] })
  async order(order: Pick<Order, 'item'>): Promise<Order> {
    const made = this.db.add(Order, order);
    await this.db.flush();
    return made;
  }
  @Get('/count')
  async count(): Promise<int> {
    return this.db.count(Order);
  }
  @Get('/price', { middleware: [cache({ seconds: 60, key: () => 'all' })] })
  price(): int {
    return (made += 1);
  }
  @Get('/visits')
  visits(session: WebSession<{ count: number }>): number {
    return (session.data.count = (session.data.count ?? 0) + 1);
  }
  @Post('/announce')
  async announce(rooms: Rooms): Promise<void> {
    await rooms.broadcast('all', 'hello');
  }
}

const shop = database({ entities: [Order] });
const app = new Vivace({ controllers: [Shop], extensions: [shop], logger: false });
app.use(sessions({ secret: 'b'.repeat(16) + 'a1b2c3d4e5f6g7h8', store: true }));
const db = testDatabase(shop);

/** Two servers of an application that runs as several workers, on one database. */
async function workers() {
  await using closing = new Closing();
  const fresh = closing.use(await db.fresh());
  const options = { overrides: [fresh.override] };
  const first = closing.use(await testClient(app, options));
  const second = closing.use(await testClient(app, options));
  const opened = closing.move();
  return {
    first,
    second,
    url: fresh.url,
    [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
  };
}

describe('an application with a database, as several workers', () => {
  it('starts, with what keeps data and with rooms', async () => {
    await using fresh = await db.fresh();
    const server = await app.build({ workers: 2, overrides: [fresh.override] });
    await server.close();
  });

  it('counts the requests of all, also of those that are refused and rolled back', async () => {
    await using both = await workers();
    const answers = [];
    for (const at of [both.first, both.second, both.first, both.second])
      answers.push((await at.post('/login')).status);
    expect(answers).toEqual([401, 401, 401, 429]);
    expect((await both.first.get('/count')).json()).toBe(0);
  });

  it('does once what is sent to two of them', async () => {
    await using both = await workers();
    const order = { json: { item: 'chair' }, headers: { 'idempotency-key': 'k1' } };
    const answers = [
      await both.first.post('/orders', order),
      await both.second.post('/orders', order),
    ];
    expect(answers.map((answer) => answer.json())).toEqual([
      { id: 1, item: 'chair' },
      { id: 1, item: 'chair' },
    ]);
    expect(answers[1]!.headers.get('idempotency-replayed')).toBe('true');
    expect((await both.second.get('/count')).json()).toBe(1);
  });

  it('gives an answer of one from the other', async () => {
    await using both = await workers();
    const { status, text } = await both.first.get('/price');
    expect(status).toBe(200);
    expect((await both.second.get('/price')).text).toBe(text);
  });

  it('knows a visitor of one at the other', async () => {
    await using both = await workers();
    const visit = await both.first.get('/visits');
    const [cookie] = visit.headers.getSetCookie();
    const again = await both.second.get('/visits', { headers: { cookie: cookie!.split(';')[0]! } });
    expect(again.json()).toBe(2);
  });

  it('keeps sessions and keys in the logged table, limits and answers in the other', async () => {
    await using both = await workers();
    await both.first.post('/login');
    await both.first.get('/price');
    const client = new Client(both.url);
    await client.connect();
    const rows = async () => [
      (await client.query('select from vivace.store')).rowCount,
      (await client.query('select from vivace.volatile')).rowCount,
    ];
    try {
      expect(await rows()).toEqual([0, 2]);
      await both.first.get('/visits');
      expect(await rows()).toEqual([1, 2]);
      await client.query(`update vivace.volatile set expires = now()`);
      await (await workOf(both.first, 'database')).idle();
      expect(await rows()).toEqual([1, 0]);
    } finally {
      await client.end();
    }
  });

  it('does not wait for the connections of requests', async () => {
    await using both = await workers();
    const sent = Array.from({ length: 40 }, (_, at) =>
      both.first.post('/orders', {
        json: { item: `${at}` },
        headers: { 'idempotency-key': `many${at}` },
      }),
    );
    const statuses = (await Promise.all(sent)).map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([200]));
  });
});

describe('a test that is rolled back', () => {
  it.each(['first', 'second'])('has limits of its own: the %s', async () => {
    await using client = await testClient(app, { overrides: [db.rollback()] });
    const answers = [];
    for (let at = 0; at < 4; at += 1) answers.push((await client.post('/login')).status);
    expect(answers).toEqual([401, 401, 401, 429]);
  });
});
