import { eq } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { integer, pgTable, text } from 'drizzle-orm/pg-core';
import { Pool } from 'pg';
import {
  Controller,
  Depends,
  Get,
  HTTPException,
  Patch,
  Post,
  Vivace,
  dependency,
  type Provided,
  type int,
} from 'vivace';
import { Settings } from 'vivace/settings';

const heroes = pgTable('heroes', {
  id: integer().$type<int>().primaryKey().generatedAlwaysAsIdentity(),
  name: text().notNull().unique(),
  rank: text().$type<'rookie' | 'senior'>().notNull().default('rookie'),
  secretName: text('secret_name'),
});
type Hero = typeof heroes.$inferSelect;
type HeroPublic = Omit<Hero, 'secretName'>;
type HeroCreate = Omit<typeof heroes.$inferInsert, 'id'>;

@Settings()
class Environment {
  databaseUrl!: string;
}
const pool = dependency(
  { environment: Environment },
  async function* ({ environment }) {
    const pool = new Pool({ connectionString: environment.databaseUrl });
    // A connection that breaks is an event, and ends the process where nobody listens.
    pool.on('error', () => undefined);
    pool.on('connect', (client) => client.on('error', () => undefined));
    yield pool;
    await pool.end();
  },
  { lifetime: 'singleton' },
);
export const session = dependency({ pool }, async function* ({ pool }) {
  const client = await pool.connect();
  try {
    await client.query('begin');
    yield drizzle({ client });
    await client.query('commit');
    client.release();
  } catch (error) {
    await client.query('rollback').then(
      () => client.release(),
      () => client.release(true),
    );
    throw error;
  }
});
type Session = Provided<typeof session>;

@Controller('/heroes')
class Heroes {
  constructor(@Depends(session) private readonly db: Session) {}

  @Post('/', { status: 201 })
  async create(hero: HeroCreate): Promise<HeroPublic> {
    const [made] = await this.db.insert(heroes).values(hero).returning();
    return made!;
  }
  @Get('/:id')
  async read(id: int): Promise<HeroPublic> {
    return found(await this.db.select().from(heroes).where(eq(heroes.id, id)));
  }
  @Patch('/:id')
  async change(id: int, change: Partial<HeroCreate>): Promise<HeroPublic> {
    // Drizzle refuses a change of nothing.
    if (Object.keys(change).length === 0) return this.read(id);
    return found(await this.db.update(heroes).set(change).where(eq(heroes.id, id)).returning());
  }
}

function found([hero]: readonly Hero[]): Hero {
  if (hero === undefined) throw new HTTPException(404, 'Hero not found');
  return hero;
}

export const app = new Vivace({ controllers: [Heroes] });
