import { MaxLength, MinLength } from 'class-validator';
import {
  Controller,
  Get,
  Injectable,
  Patch,
  Post,
  Query,
  Vivace,
  type int,
  type uuid,
} from 'vivace';
import { Page, PageQuery } from 'vivace/responses';
import {
  Collection,
  Column,
  Entity,
  Id,
  Many,
  ManyToMany,
  OnDelete,
  Repository,
  Session,
  Unique,
  database,
  escapeLike,
  sql,
  type Hidden,
  type Opt,
  type Rel,
} from '@vivace/sql';

@Entity()
export class Team {
  @Id() id!: int;
  @Unique() name!: string;
  @Many(() => Hero, 'team') heroes = new Collection<Hero>(this);
}
@Entity()
export class Power {
  @Id() id!: uuid;
  name!: string;
}
@Entity()
export class Hero {
  @Id() id!: int;
  @MinLength(1) @MaxLength(80) name!: string;
  age: int | null = null;
  rank: 'rookie' | 'senior' = 'rookie';
  secretName?: Hidden<string>;
  createdAt: Date = new Date();
  @Column({ onUpdate: () => new Date() }) changedAt: Date = new Date();
  @Column({ version: true }) version!: Opt<int>;
  @OnDelete('cascade') team: Rel<Team> | null = null;
  @ManyToMany(() => Power) powers = new Collection<Power>(this);
}
type HeroPublic = Pick<Hero, 'id' | 'name' | 'age' | 'rank'>;
type HeroCreate = Pick<Hero, 'name' | 'age' | 'rank'>;
type HeroUpdate = Partial<HeroCreate>;

@Injectable()
export class Heroes extends Repository(Hero) {
  adults(): Promise<HeroPublic[]> {
    return this.find({ age: { $gte: 18 as int } });
  }
}

@Controller('/heroes')
class HeroRoutes {
  constructor(
    private readonly db: Session,
    private readonly heroes: Heroes,
  ) {}

  @Post('/', { status: 201 })
  create(hero: HeroCreate): Promise<HeroPublic> {
    return this.db.insert(Hero, hero);
  }
  @Get('/')
  list(@Query() page: PageQuery): Promise<Page<HeroPublic>> {
    return this.db.page(Hero, page);
  }
  @Get('/adults')
  adults(): Promise<HeroPublic[]> {
    return this.heroes.adults();
  }
  @Get('/:id')
  read(id: int): Promise<HeroPublic> {
    return this.db.get(Hero, { id });
  }
  @Patch('/:id')
  change(id: int, change: HeroUpdate): Promise<HeroPublic> {
    return this.db.patch(Hero, { id }, change);
  }
}

export const heroDatabase = database({ entities: [Team, Hero, Power] });
export const app = new Vivace({ controllers: [HeroRoutes], extensions: [heroDatabase] });

/** The lines of the pages that write rows, in a session of their own. */
export async function arrange(db: Session): Promise<HeroPublic> {
  const team = db.add(Team, { name: 'Z-Force' });
  await db.transactional(async (part) => part.insert(Team, { name: 'Preventers' }));
  const { id } = await db.insert(Hero, { name: 'Wade', age: 31 as int, team });
  return db.patch(Hero, { id }, { name: 'Deadpond' }, { version: 1 });
}

/** Those that read and change them; gives what each of them gave. */
export async function phrases(db: Session, id: int): Promise<Record<string, unknown>> {
  const age = 30 as int;
  const older = await db.find(
    Hero,
    { age: { $gt: age } },
    { orderBy: { name: 'asc' }, limit: 10, offset: 0 },
  );
  const first = await db.findOne(Hero, { name: 'Deadpond' });
  const missing = await db.findOne(Hero, { name: 'Nobody' });
  const either = await db.find(Hero, { $or: [{ age: null }, { rank: 'rookie' }] });
  const some = await db.find(Hero, { id: { $in: [id] } });
  const text = 'dead';
  const like = await db.find(Hero, { name: { $ilike: `%${escapeLike(text)}%` } });
  const joined = await db.find(Hero, { team: { name: 'Z-Force' } });
  const loaded = await db.get(Team, { name: 'Z-Force' }, { populate: ['heroes'] });
  const heroes = loaded.heroes.getItems();
  const count = await db.count(Hero, { rank: 'rookie' });
  const hero = await db.get(Hero, { id });
  db.change(hero, { age });
  await db.flush();
  const rows: unknown = await db.execute(sql`select name from hero where id = ${id}`);
  const built = await db.createQueryBuilder(Hero, 'h').where({ age }).getResultList();
  db.remove(hero);
  await db.flush();
  const deleted = await db.nativeDelete(Team, { name: 'Preventers' });
  const lengths = { older, either, some, like, joined, built, heroes };
  return {
    ...Object.fromEntries(Object.entries(lengths).map(([key, list]) => [key, list.length])),
    first: first?.name,
    missing,
    count,
    rows,
    deleted,
  };
}
