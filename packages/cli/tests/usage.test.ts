import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { folder } from './folder';
import { link } from './linked';
import { run } from './running';

describe('a command that cannot be meant', () => {
  const place = folder({ 'package.json': '{ "name": "shop" }' });
  beforeAll(() => link(place.path));
  afterAll(() => place[Symbol.dispose]());

  it.each([
    [['db', 'migrate'], '@vivace/sql'],
    [['jobs'], '@vivace/queue'],
    [['events'], '@vivace/events'],
    [['doctor'], '@vivace/redis'],
  ])('%j names the package that it comes with', async (args, name) => {
    const command = run(place.path, args);
    expect([await command.ended, command.output]).toEqual([
      2,
      `error vivace ${args[0]} comes with ${name}, which is no dependency of this project.\nhint  npm install ${name}\n`,
    ]);
  });

  it('is new with --no-db where the template has no database', async () => {
    const command = run(place.path, ['new', 'api', '--no-db', '--yes', '--no-install', '--no-git']);
    expect([await command.ended, command.output]).toEqual([
      2,
      'error The template minimal has no database to leave out.\nhint  vivace new api --template api --no-db\n',
    ]);
    expect(existsSync(join(place.path, 'api'))).toBe(false);
  });
});

test('vivace new says how to go to a folder whose name has a blank', async () => {
  using place = folder({ 'package.json': '{}' });
  link(place.path);
  mkdirSync(join(place.path, 'my work'));
  const made = run(place.path, ['new', 'my work/api', '--yes', '--no-install', '--no-git']);
  expect(await made.ended).toBe(0);
  expect(made.output).toContain("  cd 'my work/api'\n");
});
