import { Max, Min, MinLength } from 'class-validator';
import { Controller, Delete, Get, Patch, Post, Query, Vivace, type int } from 'vivace';
import { Page, PageQuery } from 'vivace/responses';
import {
  Collection,
  database,
  Entity,
  Id,
  Index,
  Many,
  Session,
  Unique,
  type Rel,
} from '@vivace/sql';

@Entity()
export class Team {
  @Id() id!: int;
  @Unique() name!: string;
  @Many(() => Hero, 'team') heroes = new Collection<Hero>(this);
}

@Entity()
@Unique({ of: ['team', 'rank'], deferred: true })
export class Hero {
  @Id() id!: int;
  @Index() @MinLength(1) name!: string;
  @Min(0) @Max(900) age: int | null = null;
  rank: int | null = null;
  team: Rel<Team> | null = null;
}

type HeroPublic = Pick<Hero, 'id' | 'name' | 'age'>;
type HeroCreate = Pick<Hero, 'name' | 'age'>;

@Controller('/teams')
class Teams {
  constructor(private readonly db: Session) {}

  @Post('/', { status: 201 })
  async create(team: Pick<Team, 'name'>): Promise<Pick<Team, 'id' | 'name'>> {
    const made = this.db.add(Team, team);
    await this.db.flush();
    return made;
  }
  @Delete('/:id', { status: 204 })
  async remove(id: int): Promise<void> {
    this.db.remove(await this.db.get(Team, { id }));
  }
  @Post('/:id/heroes/:rank', { status: 201 })
  async join(id: int, rank: int, hero: HeroCreate): Promise<HeroPublic> {
    const made = this.db.add(Hero, { ...hero, rank, team: this.db.getReference(Team, id) });
    await this.db.flush();
    return made;
  }
}

@Controller('/heroes')
export class Heroes {
  constructor(private readonly db: Session) {}

  @Post('/', { status: 201 })
  async create(hero: HeroCreate): Promise<HeroPublic> {
    const made = this.db.add(Hero, hero);
    await this.db.flush();
    return made;
  }
  @Get('/')
  list(@Query() page: PageQuery): Promise<Page<HeroPublic>> {
    return this.db.page(Hero, page);
  }
  @Get('/:id')
  read(id: int): Promise<HeroPublic> {
    return this.db.get(Hero, { id });
  }
  @Patch('/:id')
  async change(id: int, change: Partial<HeroCreate>): Promise<HeroPublic> {
    return this.db.change(await this.db.get(Hero, { id }), change);
  }
  /** Reads the team of each by itself. */
  @Get('/one-by-one')
  async oneByOne(): Promise<string[]> {
    const names: string[] = [];
    for (const hero of await this.db.find(Hero, {}, { orderBy: { id: 'asc' } }))
      names.push((await this.db.get(Team, { id: hero.team!.id })).name);
    return names;
  }
}

export const heroDatabase = database({ entities: [Team, Hero] });
export const app = new Vivace({ controllers: [Teams, Heroes], extensions: [heroDatabase] });
