import {
  BackgroundTasks,
  Controller,
  dependency,
  Get,
  HTTPException,
  int,
  Post,
  Vivace,
} from 'vivace';
import { WebSocketRoute, type WebSocket } from 'vivace';
import { APIKeyHeader } from 'vivace/security';
import { testClient, type TestClient } from 'vivace/testing';
import { database, Entity, Id, Session, Transaction } from '@vivace/sql';
import { testDatabase } from '@vivace/sql/testing';
import { Cache, redis } from '@vivace/redis';
import { PATIENT } from './opened';
import { describeWithRedis, RedisServer } from './redis-server';

@Entity()
class Price {
  @Id() id!: int;
  cents!: int;
}
class Change {
  by!: int;
}
const one = { cents: 1 as int };
let tries = 0;
/** Another client, in the middle of a request. */
let elsewhere: () => Promise<unknown> = async () => undefined;
let later = Promise.withResolvers<void>();

const key = new APIKeyHeader({ key: 'x-key' });
const guard = dependency({ key, db: Session, cache: Cache }, async ({ db, cache }) => {
  await raise(db, 1);
  await cache.forget('price');
});

const raise = (db: Session, by: number) => db.execute('update price set cents = cents + ?', [by]);
const conflict = () => Object.assign(new Error('conflict'), { code: '40001' });

@Controller()
class Prices {
  constructor(
    private readonly db: Session,
    private readonly cache: Cache,
  ) {}
  async #raise(by = 1): Promise<void> {
    await raise(this.db, by);
    await this.cache.forget('price');
  }
  @Get('/price')
  async price(): Promise<int> {
    const read = () => this.db.get(Price, { cents: { $gte: 0 } });
    return (await this.cache.of(Price, 'price', { seconds: 60 }, read)).cents;
  }
  @Post('/price')
  add(): void {
    this.db.add(Price, { cents: 1 as int });
  }
  @Post('/after-a-part-that-was-taken-back')
  async part(): Promise<void> {
    const part = this.db.transactional(async () => {
      await this.#raise();
      throw new Error('taken back');
    });
    await part.catch(() => undefined);
    await this.#raise();
  }
  async #sum(): Promise<int> {
    const prices = await this.db.find(Price, {});
    return prices.reduce((sum, { cents }) => sum + cents, 0) as int;
  }
  @Get('/sum')
  sum(): Promise<int> {
    return this.cache.of(int, 'sum', { seconds: 60, tags: ['sums'] }, () => this.#sum());
  }
  @Post('/add-up')
  async addUp(how: 'add' | 'insert', fails: boolean): Promise<int> {
    await this.cache.forgetTag('other');
    if (how === 'add') this.db.add(Price, one);
    else await this.db.insert(Price, one);
    const sum = await this.sum();
    await elsewhere();
    if (fails) throw new HTTPException(409);
    return sum;
  }
  @Post('/forget-sums')
  forgetSums(): Promise<void> {
    return this.cache.forgetTag('sums');
  }
  @Transaction({ isolation: 'serializable', retries: 3 })
  @Post('/run-again')
  async again(): Promise<void> {
    await this.#raise();
    if ((tries += 1) % 2 === 1) throw conflict();
  }
  @Transaction({ isolation: 'serializable', retries: 3 })
  @Post('/kept-and-failed')
  async kept(): Promise<int> {
    await this.#raise();
    return 'no number' as never;
  }
  @Post('/guarded', { dependencies: [guard] })
  async guarded(change: Change): Promise<void> {
    await elsewhere();
    await this.#raise(change.by);
  }
  @Post('/in-the-background')
  background(tasks: BackgroundTasks): void {
    tasks.add(() => this.cache.forget('price').then(later.resolve, later.reject));
  }
  @WebSocketRoute('/socket')
  async socket(socket: WebSocket): Promise<void> {
    for await (const how of socket.messages()) {
      if (how === 'transaction') await this.db.transactional(() => this.#raise());
      else await this.#raise();
      await socket.send('raised');
    }
  }
}

const shop = database({ entities: [Price] });
const db = testDatabase(shop);

describe.each(['memory', 'Redis'])('what is forgotten in a cache in %s', (place) => {
  (place === 'Redis' ? describeWithRedis : describe)('and a session', () => {
    let server: RedisServer | undefined;
    let fresh: Awaited<ReturnType<typeof db.fresh>>;
    let client: TestClient;
    beforeAll(async () => {
      if (place === 'Redis') server = await RedisServer.start();
      fresh = await db.fresh();
      const env: Record<string, string> = server === undefined ? {} : { REDIS_URL: server.url };
      const app = new Vivace({
        controllers: [Prices],
        extensions: [shop, redis({ prefix: 'forgetting', timeouts: PATIENT })],
        logger: false,
      });
      const options = { overrides: [fresh.override], env, raiseErrors: false };
      client = await testClient(app, options);
      await client.post('/price');
    });
    afterAll(async () => {
      await client.close();
      await fresh[Symbol.asyncDispose]();
      await server?.[Symbol.asyncDispose]();
    });
    const price = async () => (await client.get('/price')).json<number>();
    /** What a reader gets is what was committed. */
    const rises = async (change: () => Promise<unknown>, by = 1) => {
      const before = await price();
      await change();
      expect(await price()).toBe(before + by);
    };

    it.each(['/after-a-part-that-was-taken-back', '/run-again', '/kept-and-failed'])(
      'is forgotten with the commit of %s',
      async (path) => {
        await rises(() => client.post(path));
        await rises(() => client.post(path));
      },
    );

    it('by a guard and its handler is forgotten with the commit of each', async () => {
      const headers = { 'x-key': 'known' };
      elsewhere = price;
      await rises(() => client.post('/guarded', { headers, json: { by: 1 } }), 2);
      await rises(() => client.post('/guarded', { headers, json: { by: 'x' } }));
    });

    it.each(['add', 'insert'])(
      'and made again of what a request has written is kept with its commit alone: %s',
      async (how) => {
        const sum = async () => (await client.get('/sum')).json<number>();
        const addUp = (fails: boolean) => client.post('/add-up', { params: { how, fails } });
        await client.post('/forget-sums');
        const before = await sum();
        await client.post('/forget-sums');
        elsewhere = async () => expect(await sum()).toBe(before);
        expect((await addUp(true)).status).toBe(409);
        expect(await sum()).toBe(before);

        await client.post('/forget-sums');
        elsewhere = async () => undefined;
        expect((await addUp(false)).json()).toBe(before + 1);
        expect(await sum()).toBe(before + 1);

        // What others have forgotten meanwhile is not kept with the commit.
        await client.post('/forget-sums');
        elsewhere = async () => {
          await client.post('/price');
          await client.post('/forget-sums');
        };
        expect((await addUp(false)).json()).toBe(before + 2);
        expect(await sum()).toBe(before + 3);
      },
    );

    it('after the answer is forgotten at once', async () => {
      later = Promise.withResolvers();
      await client.post('/in-the-background');
      await later.promise;
    });

    it('in a socket is forgotten with each transaction, and at once outside of them', async () => {
      const socket = await client.websocket('/socket');
      for (const how of ['transaction', 'transaction', 'alone', 'alone', 'transaction'])
        await rises(async () => {
          await socket.send(how);
          await socket.receive();
        });
      await socket.close();
    });
  });
});
