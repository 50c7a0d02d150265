import { Controller, Delete, Get, Post, Query, Vivace, type int } from 'vivace';
import { database, Entity, Id, Index, Session } from '@vivace/sql';

@Entity()
class Hero {
  @Id() id!: int;
  @Index() name!: string;
  @Index() age: int | null = null;
  secret_name!: string;
}

@Controller('/heroes')
class Heroes {
  constructor(private readonly db: Session) {}

  @Post('/')
  create(hero: Omit<Hero, 'id'> & Partial<Pick<Hero, 'id'>>): Promise<Hero> {
    return this.db.insert(Hero, hero);
  }
  @Get('/')
  list(offset: int = 0, @Query({ le: 100 }) limit: int = 100): Promise<Hero[]> {
    return this.db.find(Hero, {}, { offset, limit });
  }
  @Get('/:hero_id')
  read(hero_id: int): Promise<Hero> {
    return this.db.get(Hero, { id: hero_id });
  }
  @Delete('/:hero_id')
  async remove(hero_id: int) {
    this.db.remove(await this.db.get(Hero, { id: hero_id }));
    return { ok: true };
  }
}

const heroes = database({ entities: [Hero] });
export const app = new Vivace({ controllers: [Heroes], extensions: [heroes] });
