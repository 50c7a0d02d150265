import { Client } from 'pg';
import { testClient } from 'vivace/testing';
import { database } from '@vivace/sql';
import { testDatabase } from '@vivace/sql/testing';
import { pino } from 'pino';
import { Vivace } from 'vivace';
import { Hero, heroDatabase, Heroes, Team } from './programs/heroes';

const db = testDatabase(heroDatabase);

/** The lines of a log, as they are written. */
function recorded() {
  const lines: Record<string, unknown>[] = [];
  const log = pino(
    { level: 'warn' },
    {
      write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>),
    },
  );
  return { lines, log };
}

async function arrange(url: string, heroes: number): Promise<void> {
  const client = new Client(url);
  await client.connect();
  await client.query(
    `insert into team (name) select 't' || n from generate_series(1, ${heroes}) n`,
  );
  await client.query(`insert into hero (name, team_id) select name, id from team`);
  await client.end();
}

describe('in development', () => {
  it.each([
    [10, 0],
    [12, 1],
  ])(
    'a request that reads %i rows one by one is told %i times, with the relation',
    async (heroes, warnings) => {
      await using fresh = await db.fresh();
      await arrange(fresh.url, heroes);
      const { lines, log } = recorded();
      const app = new Vivace({
        controllers: [Heroes],
        extensions: [heroDatabase],
        logger: log,
      });
      await using client = await testClient(app, { overrides: [fresh.override] });
      expect((await client.get('/heroes/one-by-one')).json()).toHaveLength(heroes);
      expect(lines).toHaveLength(warnings);
      for (const line of lines)
        expect(line).toMatchObject({
          operation: 'GET /heroes/one-by-one',
          statement: expect.stringContaining('from "team"'),
          msg: expect.stringContaining(`{ populate: ['team'] }`),
        });
    },
  );

  it('a statement that is slow is logged without its values', async () => {
    const { lines, log } = recorded();
    const slow = database({ entities: [Team, Hero], slow: 0 });
    const app = new Vivace({ controllers: [Heroes], extensions: [slow], logger: log });
    await using client = await testClient(app);
    expect((await client.get('/heroes/987654321')).status).toBe(404);
    expect(lines).toContainEqual(
      expect.objectContaining({ operation: 'GET /heroes/:id', msg: 'Slow statement' }),
    );
    expect(JSON.stringify(lines)).not.toContain('987654321');
  });
});
