import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Pool } from 'pg';
import type { int } from 'vivace';
import { Column, Entity, Id } from '@vivace/sql';
import { check, generate, migrate, reset, rollback, status } from '../src/commands/actions';
import { checkNamed } from '../src/commands/place';
import { migrationsReady } from '../src/migrations/readiness';
import { writtenMigrations } from '../src/migrations/written';
import { ProjectOfTest } from './migration-project';

@Entity({ table: 'author' })
class First {
  @Id() id!: int;
  motto!: string;
}
@Entity({ table: 'author' })
class Renamed {
  @Id() id!: int;
  slogan!: string;
}
@Entity({ table: 'author' })
class Needing {
  @Id() id!: int;
  motto!: string;
  rank!: int;
}
@Entity({ table: 'author' })
class WithDefault {
  @Id() id!: int;
  motto!: string;
  @Column({ default: 1 }) rank!: int;
}
@Entity({ table: 'author' })
class Without {
  @Id() id!: int;
}

describe('a migration', () => {
  it('is written of what differs, runs, is taken back, and runs again', async () => {
    await using project = await ProjectOfTest.open();
    const context = project.with(First);
    await expect(check(context, false)).rejects.toThrow('vivace db generate');
    await generate(context, { name: 'authors' });
    const [file] = project.migrations();
    expect(file).toMatch(/^\d{14}_authors\.ts$/);
    expect(readFileSync(join(project.root, 'migrations', file!), 'utf8')).toContain(
      "import { Migration } from '@vivace/sql';",
    );
    await generate(context, {});
    expect(project.migrations()).toEqual([file]);
    await check(context, false);
    await migrate(context);
    await project.query(`insert into author (motto) values ('on')`);
    await check(context, true);
    await rollback(context, project.name);
    expect(await project.query(`select to_regclass('author') as there`)).toEqual([{ there: null }]);
    await migrate(context);
    expect(await project.query('select * from author')).toEqual([]);
    await status(context);
    expect(project.said.at(-1)).toBe(`done    ${file!.slice(0, -3)}`);
  });

  it('is said to have run where the tables of development have followed the classes', async () => {
    await using project = await ProjectOfTest.open();
    const context = project.with(First);
    await generate(context, {});
    await migrate(context);
    await check(context, true);
    expect(project.said).toContain(
      process.env['TEST_DATABASE_URL']
        ? `migrated ${project.migrations()[0]!.slice(0, -3)}`
        : 'Nothing is pending.',
    );
  });

  it('keeps the values of a column that is called otherwise now, once somebody says so', async () => {
    await using project = await ProjectOfTest.open();
    await generate(project.with(First), {});
    await migrate(project.with(First));
    await project.query(`insert into author (motto) values ('on')`);
    await expect(generate(project.with(Renamed), {})).rejects.toThrow(
      /author\.motto is gone, and author\.slogan is new[^]*--rename author\.motto:slogan/,
    );
    expect(project.migrations()).toHaveLength(1);
    await generate(project.with(Renamed), { name: 'rename', rename: ['author.motto:slogan'] });
    await migrate(project.with(Renamed));
    expect(await project.query('select slogan from author')).toEqual([{ slogan: 'on' }]);
    await check(project.with(Renamed), true);
    await rollback(project.with(Renamed), project.name);
    expect(await project.query('select motto from author')).toEqual([{ motto: 'on' }]);
  });

  it('drops nothing without a word, and asks for a default of what may not be null', async () => {
    await using project = await ProjectOfTest.open();
    await generate(project.with(First), {});
    await migrate(project.with(First));
    await project.query(`insert into author (motto) values ('on')`);
    await expect(generate(project.with(Without), {})).rejects.toThrow(
      /author\.motto is gone from the classes[^]*--drop/,
    );
    await expect(generate(project.with(Needing), {})).rejects.toThrow(
      /author\.rank is new and may not be null[^]*default/,
    );
    await generate(project.with(WithDefault), { name: 'ranks' });
    await generate(project.with(Without), { name: 'without', drop: true });
    await migrate(project.with(Without));
    expect(await project.query('select * from author')).toEqual([{ id: '1' }]);
  });

  it('leaves nothing where it fails, and what ran before it has run', async () => {
    await using project = await ProjectOfTest.open();
    await generate(project.with(First), { name: 'authors' });
    const context = project.with(First);
    await project.query('drop table if exists author');
    await project.query('drop schema if exists vivace cascade');
    writeFileSync(
      join(project.root, 'migrations/99999999999999_broken.ts'),
      `import { Migration } from '@vivace/sql';
       export class Broken extends Migration {
         override up(): void {
           this.addSql('create table half (id int)');
           this.addSql('select 1 / 0');
         }
       }`,
    );
    await expect(migrate(context)).rejects.toThrow(
      /^The migration 99999999999999_broken failed[^]*division by zero[^]*Write instead/,
    );
    expect(
      await project.query(
        `select to_regclass('author') is not null as a, to_regclass('half') as h`,
      ),
    ).toEqual([{ a: true, h: null }]);
  });

  it('runs once where several containers start at once', async () => {
    await using project = await ProjectOfTest.open();
    await generate(project.with(First), { name: 'authors' });
    await project.query('drop table if exists author');
    await project.query('drop schema if exists vivace cascade');
    await Promise.all([1, 2, 3].map(() => migrate(project.with(First))));
    expect(project.said.filter((line) => line.startsWith('migrated'))).toHaveLength(1);
    expect(project.said.filter((line) => line === 'Nothing is pending.')).toHaveLength(2);
  });

  it('keeps a server from being ready until it has run', async () => {
    await using project = await ProjectOfTest.open();
    const context = project.with(First);
    await generate(context, { name: 'authors' });
    await project.query('drop table if exists author');
    await project.query('drop schema if exists vivace cascade');
    const pool = new Pool({ connectionString: project.url });
    // The server may end a connection before the pool has.
    pool.on('error', () => undefined);
    try {
      const database = { pool, migrations: writtenMigrations(project.root, 'migrations', false) };
      await expect(migrationsReady(database)).rejects.toThrow(
        /pending: \d+_authors\. Run: vivace db migrate/,
      );
      await migrate(context);
      await expect(migrationsReady(database)).resolves.toBe(true);
    } finally {
      await pool.end();
    }
  });
});

describe('what loses rows', () => {
  it('is done to the embedded database, or to one that is called by its name', async () => {
    const url = 'postgres://user:secret@db.example/shop';
    const refused = (named?: string) => () => checkNamed({ url, isEmbedded: false }, named);
    expect(refused()).toThrow(/db\.example\/shop[^]*--database shop/);
    expect(refused()).not.toThrow('secret');
    expect(refused('other')).toThrow('--database shop');
    expect(refused('shop')).not.toThrow();
  });

  it('empties the embedded database only', async () => {
    await using project = await ProjectOfTest.open();
    await project.query('create table mine ()');
    const isEmbedded = !process.env['TEST_DATABASE_URL'];
    const emptied = await reset(project.with(First)).catch((error: Error) => error.message);
    const [mine] = await project.query(`select to_regclass('mine') is null as gone`);
    expect(mine).toEqual({ gone: isEmbedded });
    if (!isEmbedded) expect(emptied).toContain('is not dropped');
  });
});
