import { openForCommand } from '../src/commands/place';
import { migrationsReady } from '../src/migrations/readiness';
import { runMigrations } from '../src/migrations/run';
import { settingsOf } from '../src/opening/options';
import { withDatabase } from '../src/opening/target';
import { TestServer } from '../src/testing/server';
import { Hero, Team } from './programs/heroes';

const settings = settingsOf({ entities: [Team, Hero] });
const none = { folder: 'none', names: [] };
const name = `own_tables_${process.pid}`;

describe('the tables of the package itself', () => {
  it('are made once by migrate, and the server is not ready before', async () => {
    await using server = await TestServer.open();
    await server.run(`create database ${name}`);
    try {
      const url = withDatabase(server.url, name);
      await using first = await openForCommand(url, settings);
      await using second = await openForCommand(url, settings);
      const database = { pool: first.pool, migrations: none };
      await expect(migrationsReady(database)).rejects.toThrow(/tables .* Run: vivace db migrate/);
      await runMigrations(first.orm, none);
      await runMigrations(second.orm, none);
      expect(await migrationsReady(database)).toBe(true);
      expect((await second.pool.query('select version from vivace.version')).rows).toEqual([
        { version: 1 },
      ]);
    } finally {
      await server.drop(name);
    }
  });
});
