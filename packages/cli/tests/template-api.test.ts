import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { openEmbedded } from '@vivace/sql/embedded';
import { folder } from './folder';
import { install, pack } from './packed';
import { freePort, run } from './running';

/** Milliseconds: packages are installed, and two servers are started, on a machine that may be busy. */
const PATIENCE = 400_000;

/** What somebody adds to a project with a database first, and the second migration for it. */
const ADDED = [
  ['generate', 'resource', 'books'],
  ['generate', 'entity', 'tag'],
  ['generate', 'job', 'cleanup'],
  ['db', 'generate', 'books_and_tags'],
];

/** A project of the template, from packed packages, that passes all it brings and is built. */
function builtProject(place: string, ...options: string[]): string {
  const tarballs = pack(join(place, 'packages'));
  const project = join(place, 'shop');
  const { NODE_ENV: _environment, NODE_OPTIONS: _options, ...rest } = process.env;
  const env = { ...rest, VIVACE_PACKAGES: tarballs, NO_COLOR: '1' };
  const cli = join(__dirname, '../bin/vivace.js');
  const args = ['new', 'shop', '--template', 'api', ...options];
  execFileSync(process.execPath, [cli, ...args, '--no-install', '--no-git', '--yes'], {
    cwd: place,
    env,
    stdio: 'pipe',
  });
  install(project, tarballs);
  for (const args of options.includes('--no-db') ? [] : ADDED)
    execFileSync('node_modules/.bin/vivace', args, { cwd: project, env, stdio: 'pipe' });
  const npm = (script: string): string =>
    execFileSync('npm', ['run', script], { cwd: project, encoding: 'utf8', stdio: 'pipe', env });
  expect(npm('lint')).toContain('All matched files use Prettier code style!');
  npm('test');
  expect(npm('check')).toContain('Nothing was found');
  expect(npm('build')).toMatch(/^dist \d+ files/m);
  return project;
}

const secret = { API_TOKEN_SECRET: randomBytes(32).toString('base64') };
const ada = { name: 'Ada', email: 'ada@example.com', password: 'difference engine' };

async function signUp(port: string): Promise<number> {
  const { status } = await fetch(`http://127.0.0.1:${port}/users`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(ada),
  });
  return status;
}

test(
  'a project of the template api passes its own lint, tests and check, builds, is migrated, and serves with two workers and one that does the jobs',
  async () => {
    using place = folder();
    const project = builtProject(place.path);
    const database = await openEmbedded(project, 'test');
    try {
      const [port, WORK_PORT] = [String(await freePort()), String(await freePort())];
      const env = { DATABASE_URL: database.url, PORT: port, WORK_PORT, ...secret };
      {
        await using early = run(project, ['run', '--no-work'], env);
        await early.says('vivace db migrate');
      }
      const migrated = execFileSync(process.execPath, ['dist/db.js', 'migrate'], {
        cwd: project,
        encoding: 'utf8',
        env: { PATH: process.env['PATH'], ...env },
      });
      expect(migrated).toMatch(/^migrated \d+_initial\nmigrated \d+_books_and_tags$/m);
      const checked = execFileSync('node_modules/.bin/vivace', ['db', 'check', '--database'], {
        cwd: project,
        encoding: 'utf8',
        env: { ...process.env, ...env, NODE_ENV: 'development' },
      });
      expect(checked).toContain('The classes and the migrations say the same.');
      await using server = run(project, ['run', '--workers', '2', '--no-work'], env);
      await server.says('Server listening');
      expect([await signUp(port), await signUp(port)]).toEqual([201, 409]);
      await using worker = run(project, ['work'], env);
      await worker.says('mail to ada@example.com: Welcome, Ada!');
    } finally {
      await database.release();
    }
  },
  PATIENCE,
);

test('one without a database keeps its data in memory, and starts with a secret of its own only', async () => {
  using place = folder();
  const project = builtProject(place.path, '--no-db');
  const PORT = String(await freePort());
  await using refused = run(project, ['run'], { PORT });
  await refused.says('API_TOKEN_SECRET is not set');
  await using server = run(project, ['run'], { PORT, ...secret });
  await server.says('Server listening');
  expect(await signUp(PORT)).toBe(201);
});
