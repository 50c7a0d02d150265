import { LockMode } from '@mikro-orm/core';
import { MinLength } from 'class-validator';
import {
  BackgroundTasks,
  Controller,
  dependency,
  Get,
  HTTPException,
  Injectable,
  Post,
  Put,
  Query,
  Vivace,
  type int,
} from 'vivace';
import { Page, PageQuery } from 'vivace/responses';
import { testClient } from 'vivace/testing';
import { Collection, Entity, Id, Many, Reader, Repository, Session, type Rel } from '@vivace/sql';
import { sql, Transaction, Unique } from '@vivace/sql';
import type { OpenDatabase } from '../src/session/open-database';
import { OpenSession } from '../src/session/open-session';
import { sessionProvisions } from '../src/session/provisions';
import { opened } from './opened';
import { statementsOf } from './statements';

@Entity()
class Team {
  @Id() id!: int;
  @MinLength(1) name!: string;
  @Many(() => Hero, 'team') heroes = new Collection<Hero>(this);
}
@Entity()
@Unique({ of: ['rank'], deferred: true })
class Hero {
  @Id() id!: int;
  @Unique() name!: string;
  rank: int | null = null;
  team: Rel<Team> | null = null;
}
type HeroPublic = Pick<Hero, 'id' | 'name' | 'rank'>;
type HeroCreate = Pick<Hero, 'name' | 'rank'>;
interface TeamPublic {
  name: string;
  heroes: Iterable<Pick<Hero, 'name'>>;
}

const done: string[] = [];
let kept: Session | undefined;
let tries = 0;

@Injectable()
class Heroes extends Repository(Hero) {
  called(name: string): Promise<Hero> {
    return this.get({ name });
  }
}

@Controller()
class Routes {
  constructor(
    private readonly db: Session,
    private readonly heroes: Heroes,
    private readonly reader: Reader,
  ) {}

  @Post('/heroes', { status: 201 })
  add(hero: HeroCreate): HeroPublic {
    this.db.afterCommit(() => done.push(`kept ${hero.name}`));
    return this.db.add(Hero, hero);
  }
  @Post('/inserted', { status: 201 })
  insert(hero: HeroCreate): Promise<HeroPublic> {
    return this.db.insert(Hero, hero);
  }
  @Get('/heroes')
  list(@Query() page: PageQuery): Promise<Page<HeroPublic>> {
    return this.db.page(Hero, page);
  }
  @Get('/heroes/:id')
  read(id: int): Promise<HeroPublic> {
    return this.db.get(Hero, { id });
  }
  @Get('/locked/:id')
  locked(id: int): Promise<HeroPublic> {
    return this.db.get(Hero, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  }
  @Get('/called/:name')
  called(name: string): Promise<HeroPublic> {
    return this.heroes.called(name);
  }
  @Get('/read/:id')
  replica(id: int): Promise<HeroPublic> {
    return this.reader.get(Hero, { id });
  }
  @Post('/failing')
  async fail(hero: HeroCreate): Promise<HeroPublic> {
    this.db.afterCommit(() => done.push('never'));
    await this.db.insert(Hero, hero);
    throw new HTTPException(418, 'no');
  }
  @Post('/nested')
  async nested(hero: HeroCreate): Promise<HeroPublic> {
    await this.db
      .transactional((db) => db.insert(Hero, { ...hero, name: 'taken' }))
      .catch(() => undefined);
    return this.db.insert(Hero, hero);
  }
  @Post('/swallowed')
  async swallowed(hero: HeroCreate): Promise<HeroPublic> {
    const row = await this.db.insert(Hero, hero);
    await this.db.insert(Hero, { name: 'taken' }).catch(() => undefined);
    return row;
  }
  @Put('/ranks/:id')
  async rank(id: int, @Query() rank: int): Promise<HeroPublic> {
    const hero = await this.db.get(Hero, { id });
    hero.rank = rank;
    return hero;
  }
  @Post('/kept')
  keep(tasks: BackgroundTasks): void {
    kept = this.db;
    tasks.add(() => done.push('sent'));
  }
  @Get('/teams/:id')
  team(id: int): Promise<TeamPublic> {
    return this.db.get(Team, { id }, { populate: ['heroes'] });
  }
  @Get('/half/:id')
  half(id: int): Promise<TeamPublic> {
    return this.db.get(Team, { id });
  }
  @Post('/half/:id')
  halfTracked(id: int): Promise<TeamPublic> {
    return this.db.get(Team, { id });
  }
  @Get('/lines')
  async *lines(): AsyncGenerator<HeroPublic> {
    for (const hero of await this.db.find(Hero, {}, { orderBy: { id: 'asc' } })) yield hero;
  }
  @Transaction({ isolation: 'serializable', retries: 3 })
  @Post('/again')
  async again(hero: HeroCreate): Promise<HeroPublic> {
    tries += 1;
    const row = await this.db.insert(Hero, { ...hero, rank: tries as int });
    if (tries < 3)
      await this.db.execute(sql`do $$ begin raise exception using errcode = '40001'; end $$`);
    return row;
  }
  @Transaction({ readOnly: true })
  @Post('/read-only')
  readOnly(hero: HeroCreate): Promise<HeroPublic> {
    return this.db.insert(Hero, hero);
  }
}

describe('a session', () => {
  let database: Awaited<ReturnType<typeof opened>>;
  // It is disposed of when the server closes, as every singleton.
  const open = dependency((): OpenDatabase => database, { lifetime: 'singleton' });
  const app = new Vivace({ controllers: [Routes], provide: sessionProvisions(open) });
  let http: Awaited<ReturnType<typeof testClient>>;
  let sent: string[];

  beforeAll(async () => {
    database = await opened([Team, Hero]);
    sent = statementsOf(database.pool);
    http = await testClient(app, { raiseErrors: false });
    await database.work(async (db) => {
      const team = db.add(Team, { name: 'A' });
      db.add(Hero, { name: 'taken', team });
    });
  });
  beforeEach(() => {
    done.length = 0;
  });
  afterAll(async () => {
    await http.close();
  });

  it('reads without a transaction: one statement', async () => {
    sent.length = 0;
    expect((await http.get('/heroes/1')).json()).toEqual({ id: 1, name: 'taken', rank: null });
    expect(sent).toEqual([expect.stringMatching(/^select /)]);
    expect((await http.get('/called/taken')).status).toBe(200);
    expect((await http.get('/heroes/0')).json()).toEqual({ detail: 'Hero not found' });
    sent.length = 0;
    expect((await http.get('/heroes')).json()).toMatchObject({ total: 1 });
    expect(sent).toHaveLength(2);
  });

  it('begins with the first write and commits before the answer, which has the ids of the database', async () => {
    sent.length = 0;
    for (const path of ['/heroes', '/inserted']) {
      sent.length = 0;
      const answer = await http.post(path, { json: { name: path } });
      expect(answer.status).toBe(201);
      expect(answer.json()).toMatchObject({ id: expect.any(Number), name: path });
      expect(sent).toEqual(['begin', expect.stringMatching(/^insert /), 'commit']);
    }
    expect(done).toEqual(['kept /heroes']);
  });

  it('begins with a lock, too, which is held to the end', async () => {
    sent.length = 0;
    expect((await http.get('/locked/1')).status).toBe(200);
    expect(sent).toEqual(['begin', expect.stringContaining('for update'), 'commit']);
  });

  it('takes back what a failing handler wrote, and runs nothing that waits for the commit', async () => {
    expect((await http.post('/failing', { json: { name: 'failing' } })).status).toBe(418);
    expect((await http.get('/called/failing')).status).toBe(404);
    expect(done).toEqual([]);
    expect(database.pool.idleCount).toBe(database.pool.totalCount);
  });

  it('answers no success where the commit fails', async () => {
    const { id } = (await http.post('/inserted', { json: { name: 'r', rank: 7 } })).json<{
      id: number;
    }>();
    expect((await http.put(`/ranks/${id}?rank=8`)).json()).toMatchObject({ rank: 8 });
    const other = (await http.post('/inserted', { json: { name: 's', rank: 7 } })).json<{
      id: number;
    }>();
    expect((await http.put(`/ranks/${other.id}?rank=8`)).status).toBeGreaterThanOrEqual(400);
    expect((await http.get(`/heroes/${other.id}`)).json()).toMatchObject({ rank: 7 });
  });

  it('takes back only what failed in a transaction in it', async () => {
    expect((await http.post('/nested', { json: { name: 'nested' } })).status).toBe(200);
    expect((await http.get('/called/nested')).status).toBe(200);
  });

  it('writes with the commit what packages keep in it, once and after the last flush', async () => {
    const rows: string[][] = [];
    await database.work(async (db) => {
      const write = async (
        names: readonly string[],
        session: Pick<Session, 'execute'>,
      ): Promise<void> => {
        rows.push([...names]);
        await session.execute(`select count(*) from hero where name = 'flushed'`);
      };
      db.beforeCommit(write, 'first');
      await db.transactional(async () => db.beforeCommit(write, 'inner'));
      const failing = db.transactional(async () => {
        db.beforeCommit(write, 'never');
        db.afterCommit(() => done.push('never'));
        throw new Error('inner');
      });
      await expect(failing).rejects.toThrow('inner');
      db.add(Hero, { name: 'flushed' });
      db.beforeCommit(write, 'last');
      sent.length = 0;
    });
    expect(rows).toEqual([['first', 'inner', 'last']]);
    expect(sent).toEqual([
      expect.stringMatching(/^insert /),
      expect.stringMatching(/^select count/),
      'commit',
    ]);
    expect(done).toEqual([]);
  });

  it('writes it with each transaction where it holds none by itself', async () => {
    const rows: string[][] = [];
    const write = (names: readonly string[]): unknown => rows.push([...names]);
    const db = OpenSession.open(database, { lasts: true });
    expect(() => db.beforeCommit(write, 'outside')).toThrow('use `db.transactional(…)`');
    await db.transactional(async () => db.beforeCommit(write, 'kept'));
    const failing = db.transactional(async () => {
      db.beforeCommit(write, 'never');
      throw new Error('inner');
    });
    await expect(failing).rejects.toThrow('inner');
    expect(rows).toEqual([['kept']]);
    await db.close();
  });

  it('is a 500 where a failure was swallowed, since nothing was kept', async () => {
    expect((await http.post('/swallowed', { json: { name: 'swallowed' } })).status).toBe(500);
    expect((await http.get('/called/swallowed')).status).toBe(404);
  });

  it('takes no connection after its end', async () => {
    expect((await http.post('/kept')).status).toBe(200);
    const closed = { code: 'SESSION_CLOSED' };
    await expect(kept!.get(Hero, { id: 1 as int })).rejects.toMatchObject(closed);
    await expect(kept!.find(Hero, {})).rejects.toMatchObject(closed);
    await expect(kept!.insert(Hero, { name: 'late' })).rejects.toMatchObject(closed);
    await expect(kept!.execute('select 1')).rejects.toMatchObject(closed);
    expect(() => kept!.add(Hero, { name: 'late' })).toThrow('SESSION_CLOSED');
    expect(database.pool.idleCount).toBe(database.pool.totalCount);
  });

  it('gives relations that were asked for, and a 500 for others, tracked or not', async () => {
    expect((await http.get('/teams/1')).json()).toEqual({ name: 'A', heroes: [{ name: 'taken' }] });
    expect((await http.get('/half/1')).status).toBe(500);
    expect((await http.post('/half/1')).status).toBe(500);
  });

  it('holds no transaction in a stream', async () => {
    sent.length = 0;
    expect((await http.get('/lines')).text).toContain('"taken"');
    expect(sent).toHaveLength(1);
  });

  it('reads by a reader, which writes nothing', async () => {
    expect((await http.get('/read/1')).json()).toMatchObject({ name: 'taken' });
  });

  it('runs an operation again after a serialisation failure, if it says so', async () => {
    sent.length = 0;
    expect((await http.post('/again', { json: { name: 'again' } })).json()).toMatchObject({
      rank: 3,
    });
    expect(sent.filter((text) => text === 'begin isolation level serializable')).toHaveLength(3);
    expect(sent.filter((text) => text === 'commit')).toHaveLength(1);
  });

  it('writes nothing in an operation that only reads', async () => {
    expect((await http.post('/read-only', { json: { name: 'x' } })).status).toBe(500);
  });

  it('loses no request and no connection when many come at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, at) =>
        at % 4 === 0
          ? http.post('/failing', { json: { name: `f${at}` } })
          : at % 2 === 0
            ? http.get('/heroes/1')
            : http.post('/inserted', { json: { name: `many ${at}` } }),
      ),
    );
    const counts = Map.groupBy(answers, ({ status }) => status);
    expect(Object.fromEntries([...counts].map(([status, all]) => [status, all.length]))).toEqual({
      200: 50,
      201: 100,
      418: 50,
    });
    expect(database.pool.idleCount).toBe(database.pool.totalCount);
    expect(database.pool.waitingCount).toBe(0);
  });
});
