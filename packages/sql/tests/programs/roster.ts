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
import { testClient, type TestClient } from 'vivace/testing';
import { Collection, Entity, Id, Many, Reader, Repository, Session, type Rel } from '@vivace/sql';
import { sql, Transaction, Unique } from '@vivace/sql';
import type { OpenDatabase } from '../../src/session/open-database';
import { sessionProvisions } from '../../src/session/provisions';
import { opened } from '../opened';
import { statementsOf } from '../statements';

@Entity()
export class Team {
  @Id() id!: int;
  @MinLength(1) name!: string;
  @Many(() => Hero, 'team') heroes = new Collection<Hero>(this);
}
@Entity()
@Unique({ of: ['rank'], deferred: true })
export class Hero {
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

/** What was done after commits, and a session that outlives its request. */
export const done: string[] = [];
export const outlived: { session?: Session } = {};
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
    outlived.session = this.db;
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

/** The routes over a database of their own, which has the hero 'taken' of team A. */
export async function openRoster() {
  const database = await opened([Team, Hero]);
  // It is disposed of when the server closes, as every singleton.
  const open = dependency((): OpenDatabase => database, { lifetime: 'singleton' });
  const app = new Vivace({ controllers: [Routes], provide: sessionProvisions(open) });
  const sent = statementsOf(database.pool);
  const http: TestClient = await testClient(app, { raiseErrors: false });
  await database.work(async (db) => {
    const team = db.add(Team, { name: 'A' });
    db.add(Hero, { name: 'taken', team });
  });
  return { database, http, sent };
}
