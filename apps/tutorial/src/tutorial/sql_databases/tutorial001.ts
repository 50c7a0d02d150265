import { DatabaseSync } from 'node:sqlite';
import {
  Controller,
  Delete,
  Depends,
  Get,
  HTTPException,
  Post,
  Query,
  Vivace,
  dependency,
  dump,
  int,
  type Provided,
} from 'vivace';

class Hero {
  id: int | null = null;
  name!: string;
  age: int | null = null;
  secret_name!: string;
}

const get_session = dependency(
  function* () {
    const database = new DatabaseSync(':memory:');
    database.exec(
      'CREATE TABLE hero (id INTEGER PRIMARY KEY, name TEXT NOT NULL, age INTEGER, secret_name TEXT NOT NULL)',
    );
    yield database;
    database.close();
  },
  { lifetime: 'singleton' },
);
type Session = Provided<typeof get_session>;

const asHero = (row: object): Hero => Object.assign(new Hero(), row);

@Controller('/heroes')
class Heroes {
  @Post('/')
  create_hero(hero: Hero, @Depends(get_session) session: Session): Hero {
    const { id, name, age, secret_name } = hero;
    const { lastInsertRowid } = session
      .prepare('INSERT INTO hero VALUES (?, ?, ?, ?)')
      .run(id, name, age, secret_name);
    return asHero({ ...dump(hero), id: Number(lastInsertRowid) });
  }

  @Get('/')
  read_heroes(
    @Depends(get_session) session: Session,
    offset: int = 0,
    @Query({ le: 100 }) limit: int = 100,
  ): Hero[] {
    return session
      .prepare('SELECT * FROM hero ORDER BY id LIMIT ? OFFSET ?')
      .all(limit, offset)
      .map(asHero);
  }

  @Get('/:hero_id')
  read_hero(hero_id: int, @Depends(get_session) session: Session): Hero {
    const row = session.prepare('SELECT * FROM hero WHERE id = ?').get(hero_id);
    if (!row) throw new HTTPException(404, 'Hero not found');
    return asHero(row);
  }

  @Delete('/:hero_id')
  delete_hero(hero_id: int, @Depends(get_session) session: Session) {
    const { changes } = session.prepare('DELETE FROM hero WHERE id = ?').run(hero_id);
    if (changes === 0) throw new HTTPException(404, 'Hero not found');
    return { ok: true };
  }
}

export const app = new Vivace({ controllers: [Heroes] });
