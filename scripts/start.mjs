// Builds the demo and serves it as a project of a user's would be served. npm's shell does not pass signals on, so this process forwards them and watches for its parent's end.
import { spawn, spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const { resolve } = createRequire(import.meta.url);
const turbo = resolve('turbo/bin/turbo');
const vivace = join(resolve('@vivace/cli/package.json'), '../bin/vivace.js');

const build = spawnSync(
  process.execPath,
  [turbo, 'run', 'build', '--filter=@vivace/demo', '--output-logs=errors-only'],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1' },
  },
);
if (build.status !== 0) process.exit(build.status ?? 1);

const demo = join(root, 'apps/demo');
// Without DATABASE_URL the data are in the PostgreSQL that npm has installed, which is for development.
const env = { NODE_ENV: 'development', ...process.env };
const migration = spawnSync(process.execPath, [vivace, 'db', 'migrate'], {
  cwd: demo,
  stdio: 'inherit',
  env,
});
if (migration.status !== 0) process.exit(migration.status ?? 1);

console.log(
  `Documentation at http://127.0.0.1:${process.env.PORT ?? 8000}/docs, /redoc and /openapi.json; Ctrl-C ends it`,
);
const server = spawn(
  process.execPath,
  ['--enable-source-maps', vivace, 'run', '--host', '127.0.0.1'],
  { cwd: demo, stdio: 'inherit', env },
);
server.on('exit', (code, signal) => process.exit(signal ? 0 : (code ?? 1)));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => server.kill(signal));

const parent = process.ppid;
setInterval(() => process.ppid === parent || server.kill('SIGTERM'), 500).unref();
