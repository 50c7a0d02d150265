import { execFileSync } from 'node:child_process';
import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { folder } from './folder';

const root = join(__dirname, '../../..');
const run = (script: string, args: readonly string[], cwd: string): string =>
  execFileSync(process.execPath, [join(root, script), ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });

test('the client is typed, and compiles in a project for Node and in one for browsers', () => {
  using place = folder({
    'use.ts': `import { Api } from './client.js';
      const { members } = new Api({ baseUrl: 'http://127.0.0.1:8000' });
      export const name: Promise<string> = members.read(1).then(({ data }) => data.name);
      // @ts-expect-error a member is read by a number
      void members.read('ann');`,
  });
  symlinkSync(join(root, 'node_modules'), join(place.path, 'node_modules'));
  run('packages/cli/bin/vivace.js', ['client', '--out', place.path], join(root, 'apps/demo'));
  expect(readFileSync(join(place.path, 'client.ts'), 'utf8')).toContain('export class Api');
  const strict = [
    '--noEmit',
    '--strict',
    '--skipLibCheck',
    '--module',
    'nodenext',
    '--target',
    'es2023',
  ];
  for (const environment of [
    ['--lib', 'es2024', '--types', 'node'],
    ['--lib', 'es2024,dom,dom.iterable', '--types', ''],
  ])
    expect(
      run('node_modules/typescript/bin/tsc', [...strict, ...environment, 'use.ts'], place.path),
    ).toBe('');
});
