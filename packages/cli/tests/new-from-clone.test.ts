import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { folder } from './folder';
import { install } from './packed';

const REPOSITORY = join(__dirname, '../../..');

test('npm run new makes a project from a clone, where the command is called, that uses its packages', () => {
  using place = folder();
  const { NODE_ENV: _environment, NODE_OPTIONS: _options, ...rest } = process.env;
  const env = { ...rest, NO_COLOR: '1', INIT_CWD: place.path };
  const args = ['scripts/new.mjs', 'my-api', '--template', 'api', '--no-install', '--no-git'];
  execFileSync(process.execPath, args, { cwd: REPOSITORY, env });
  const project = join(place.path, 'my-api');
  const { dependencies, devDependencies } = JSON.parse(
    readFileSync(join(project, 'package.json'), 'utf8'),
  ) as Record<string, Record<string, string>>;
  const own = ['vivace', '@vivace/cli', '@vivace/compiler', '@vivace/lint'].map(
    (name) => ({ ...dependencies, ...devDependencies })[name]!,
  );
  const tarballs = own.map((version) => version.replace(/^file:/, ''));
  const [first = ''] = tarballs;
  try {
    expect(own.every((version) => version.startsWith('file:'))).toBe(true);
    expect(tarballs.filter((file) => !existsSync(file))).toEqual([]);
    install(project, dirname(first));
    const run = { cwd: project, env: { ...rest, NO_COLOR: '1' }, encoding: 'utf8' } as const;
    expect(execFileSync('npm', ['run', 'build'], run)).toMatch(/^dist \d+ files/m);
  } finally {
    rmSync(dirname(first), { recursive: true });
  }
});
