import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { int } from 'vivace';
import { Entity, Id } from '@vivace/sql';
import { check, generate, migrate } from '../src/commands/actions';
import { ProjectOfTest } from './migration-project';

@Entity({ table: 'author' })
class First {
  @Id() id!: int;
  motto!: string;
}
@Entity({ table: 'author' })
class Ranked {
  @Id() id!: int;
  motto!: string;
  rank: int | null = null;
}

describe('the file that says what migrations have made', () => {
  it('is made anew where it is lost, of a database that has run them all', async () => {
    await using project = await ProjectOfTest.open();
    const first = project.with(First);
    await generate(first, { name: 'authors' });
    await project.query('drop table if exists author');
    await project.query('drop schema if exists vivace cascade');
    rmSync(join(project.root, 'migrations/.snapshot.json'));
    for (const asked of [check(first, false), generate(project.with(Ranked), {})])
      await expect(asked).rejects.toThrow(
        /migrations\/\.snapshot\.json does not say[^]*_authors\.\n {2}Write instead: .*vivace db migrate/,
      );
    await migrate(first);
    await check(first, true);
    rmSync(join(project.root, 'migrations/.snapshot.json'));
    await generate(project.with(Ranked), { name: 'ranks' });
    const [, ranks] = project.migrations().toSorted();
    expect(readFileSync(join(project.root, 'migrations', ranks!), 'utf8')).toContain(
      `up(): void | Promise<void> {\n    this.addSql(\`alter table "author" add "rank" bigint null;\`);\n  }`,
    );
  });

  it('counts no migration that somebody has removed before it ran', async () => {
    await using project = await ProjectOfTest.open();
    await generate(project.with(First), { name: 'authors' });
    await project.query('drop table if exists author');
    await project.query('drop schema if exists vivace cascade');
    await migrate(project.with(First));
    const ranked = project.with(Ranked);
    await generate(ranked, { name: 'ranks' });
    const removed = project.migrations().find((file) => file.includes('ranks'))!;
    rmSync(join(project.root, 'migrations', removed));
    await check(project.with(First), true);
    await generate(ranked, { name: 'again' });
    expect(project.migrations().toSorted()[1]).toContain('again');
    await migrate(ranked);
    await check(ranked, true);
  });
});
