import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { built } from '../src/commands/built';
import { withDatabase } from '../src/opening/target';
import { TestServer } from '../src/testing/server';

describe('what vivace build writes', () => {
  it.each(['commonjs', 'module'])(
    'migrates in production without the command line, in a project of type %s',
    async (type) => {
      const root = mkdtempSync(join(tmpdir(), 'vivace-production-'));
      await using server = await TestServer.open();
      const name = `production_${type}_${process.pid}`;
      await server.run(`create database ${name}`);
      try {
        const dependencies = { '@vivace/queue': '*', '@vivace/sql': '*' };
        writeFileSync(join(root, 'package.json'), JSON.stringify({ type, dependencies }));
        symlinkSync(join(__dirname, '../../../node_modules'), join(root, 'node_modules'));
        mkdirSync(join(root, 'migrations'));
        writeFileSync(
          join(root, 'migrations/1_notes.ts'),
          `import { Migration } from '@vivace/sql';
           export class Notes extends Migration {
             override up(): void { this.addSql('create table note (id int)'); }
           }`,
        );
        built({ root }, join(root, 'dist'));
        rmSync(join(root, 'migrations'), { recursive: true });
        const run = async (command: string): Promise<string> => {
          const DATABASE_URL = withDatabase(server.url, name);
          const env = { PATH: process.env['PATH'], DATABASE_URL };
          const file = join(root, 'dist/db.js');
          return (await promisify(execFile)(process.execPath, [file, command], { env })).stdout;
        };
        expect(await run('status')).toContain('pending 1_notes');
        expect(await run('migrate')).toBe('migrated 1_notes\n');
        expect(await run('migrate')).toBe('Nothing is pending.\n');
        expect(await run('status')).toContain('done    1_notes');
        const client = new Client({ connectionString: withDatabase(server.url, name) });
        await client.connect();
        const { rows } = await client.query(
          `select to_regclass(name) is not null as made
             from unnest('{note,vivace.store,vivace_jobs.job}'::text[]) as name`,
        );
        await client.end();
        expect(rows).toEqual([{ made: true }, { made: true }, { made: true }]);
        await expect(run('reset')).rejects.toThrow('migrate|status');
      } finally {
        await server.drop(name);
        rmSync(root, { recursive: true });
      }
    },
  );

  it('does not take the place of a file of the program', () => {
    const root = mkdtempSync(join(tmpdir(), 'vivace-production-'));
    try {
      mkdirSync(join(root, 'migrations'));
      writeFileSync(join(root, 'migrations/1_notes.ts'), 'export class Notes {}');
      mkdirSync(join(root, 'dist'));
      writeFileSync(join(root, 'dist/db.js'), 'export const db = 1;');
      expect(() => built({ root }, join(root, 'dist'))).toThrow(
        'another name, such as database.ts',
      );
    } finally {
      rmSync(root, { recursive: true });
    }
  });
});
