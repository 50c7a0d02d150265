import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { testDatabase } from '@vivace/sql/testing';
import { testClient } from 'vivace/testing';
import { app, arrange, heroDatabase, phrases } from './phrases';

const database = testDatabase(heroDatabase);
const PAGES = ['from-sqlalchemy', 'from-typeorm'];

test('each line that the pages give in place of one of another library works', async () => {
  const { id, name } = await database.run(arrange);
  expect(name).toBe('Deadpond');
  expect(await database.run((db) => phrases(db, id))).toEqual({
    older: 1,
    either: 1,
    some: 1,
    like: 1,
    joined: 1,
    built: 1,
    heroes: 1,
    first: 'Deadpond',
    missing: null,
    count: 1,
    rows: [{ name: 'Deadpond' }],
    deleted: 1,
  });
});

test('the routes of the pages are written with few words', async () => {
  await using client = await testClient(app, { overrides: [database.rollback()] });
  const made = await client.post('/heroes/', { json: { name: 'Deadpond', age: 31 } });
  const { id } = made.json<{ id: number }>();
  expect(made.json()).toEqual({ id, name: 'Deadpond', age: 31, rank: 'rookie' });
  const changed = await client.patch(`/heroes/${id}`, { json: { age: null } });
  expect(changed.json()).toEqual({ id, name: 'Deadpond', age: null, rank: 'rookie' });
  expect((await client.get('/heroes/')).json()).toMatchObject({ total: 1 });
  expect((await client.get('/heroes/adults')).json()).toEqual([]);
  expect((await client.get('/heroes/0')).json()).toEqual({ detail: 'Hero not found' });
});

test.each(PAGES)('the lines of %s stand in the program', (page) => {
  const program = spaceless(readFileSync(join(__dirname, 'phrases.ts'), 'utf8'));
  const text = readFileSync(join(__dirname, `../../../../docs/guide/${page}.md`), 'utf8');
  const cells = text.split('\n').map((line) => line.split(/(?<!\\)\|/).at(-2) ?? '');
  const ours = cells
    .flatMap((cell) =>
      Array.from(cell.matchAll(/(`+) ?(.+?) ?\1(?!`)/g), ([, , code = '']) => code),
    )
    .filter((code) => /^(?:db\.|database\(|[@{]|\w+\??: )/.test(code));
  expect(ours.length).toBeGreaterThan(10);
  expect(ours.filter((code) => !program.includes(spaceless(code)))).toEqual([]);
});

/** Lines are broken elsewhere on a page, and its tables escape `|`. */
function spaceless(code: string): string {
  return code.replaceAll('\\|', '|').replaceAll(/,?\s+/g, '').replaceAll(/[,;]/g, '');
}
