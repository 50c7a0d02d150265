import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folder } from '../../tests/folder';
import { matters, watch } from './watch';

describe('what starts the program again', () => {
  it.each([
    'src/items.ts',
    'src/view.tsx',
    'lib/old.cjs',
    '.env',
    '.env.local',
    'package.json',
    'tsconfig.build.json',
    'C:/shop/src/items.ts',
  ])('%s does', (path) => expect(matters(path)).toBe(true));
  it.each([
    'src/items.test.ts',
    'src/items.spec.tsx',
    'types.test-d.ts',
    'README.md',
    'package-lock.json',
    'data.sqlite',
    'src/items.ts~',
    '.env.example',
    '.env.production.sample',
    '.envrc',
  ])('%s does not', (path) => expect(matters(path)).toBe(false));
});

describe('what is watched', () => {
  it('is the sources of the project, and of other workspaces what they have built', async () => {
    using place = folder({
      'shop/src/app.ts': '',
      'shop/dist/app.js': '',
      'kit/src/index.ts': '',
      'kit/dist/index.js': '',
      'kit/node_modules/a/index.js': '',
    });
    const [root, kit] = [join(place.path, 'shop'), join(place.path, 'kit')];
    let told = Promise.withResolvers<readonly string[]>();
    await using _watcher = await watch(root, [kit], (files) => told.resolve(files));
    for (const file of [
      'shop/dist/app.js',
      'kit/src/index.ts',
      'kit/node_modules/a/index.js',
      'kit/dist/index.js',
    ])
      writeFileSync(join(place.path, file), 'changed');
    expect(await told.promise).toEqual([join(kit, 'dist/index.js')]);
    told = Promise.withResolvers();
    writeFileSync(join(root, 'src/app.ts'), 'changed');
    expect(await told.promise).toEqual([join(root, 'src/app.ts')]);
  });
});
