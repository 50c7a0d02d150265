import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { folder } from './folder';
import { install, pack } from './packed';
import { ask, freePort, run } from './running';

test('a project of the template api passes its own lint, tests and check, builds, and starts with a secret of its own only', async () => {
  using place = folder();
  const tarballs = pack(join(place.path, 'packages'));
  const project = join(place.path, 'shop');
  const { NODE_ENV: _environment, NODE_OPTIONS: _options, ...rest } = process.env;
  const env = { ...rest, VIVACE_PACKAGES: tarballs, NO_COLOR: '1' };
  const cli = join(__dirname, '../bin/vivace.js');
  const args = [cli, 'new', 'shop', '--template', 'api', '--no-install', '--no-git', '--yes'];
  execFileSync(process.execPath, args, { cwd: place.path, env, stdio: 'pipe' });
  install(project, tarballs);
  const npm = (script: string): string =>
    execFileSync('npm', ['run', script], { cwd: project, encoding: 'utf8', stdio: 'pipe', env });
  expect(npm('lint')).toContain('All matched files use Prettier code style!');
  npm('test');
  expect(npm('check')).toContain('Nothing was found');
  expect(npm('build')).toMatch(/^dist \d+ files/m);
  const port = String(await freePort());
  await using refused = run(project, ['run'], { PORT: port });
  await refused.says('API_TOKEN_SECRET is not set');
  await using server = run(project, ['run'], {
    PORT: port,
    API_TOKEN_SECRET: randomBytes(32).toString('base64'),
  });
  await server.says('Server listening');
  expect(JSON.parse(await ask(`http://127.0.0.1:${port}/posts`))).toMatchObject({
    items: [],
    total: 0,
  });
});
