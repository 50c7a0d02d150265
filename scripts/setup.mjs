// Brings node_modules in line with package-lock.json. Runs under any Node, before anything is installed, so it has no dependency.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

const root = fileURLToPath(new URL('..', import.meta.url));
const needed = [22, 15];

if (!isInstalled()) install();
const version = nodeVersion();
if (!version || !isNewEnough(version)) {
  fail(
    `Vivace needs Node ${needed.join('.')} or newer, and there is no packaged Node for ${process.platform}-${process.arch}.\n` +
      `This machine has ${process.version}. Install a newer Node, then run the command again.`,
  );
}

/** npm keeps a copy of the lock in node_modules, without what other platforms need; a workspace is a link. */
function isInstalled() {
  const wanted = packagesOf('package-lock.json');
  const present = packagesOf('node_modules/.package-lock.json');
  if (!present) return false;
  return Object.entries(wanted ?? {}).every(([path, { version, optional, link, peer }]) => {
    if (!path.includes('node_modules/')) return true;
    if (link) return existsSync(join(root, path));
    const found = present[path];
    return found ? found.version === version : Boolean(optional || peer);
  });
}

function packagesOf(file) {
  const path = join(root, file);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : undefined;
}

function install() {
  console.log('Installing what package-lock.json lists …');
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = process.env.npm_execpath;
  const options = { cwd: root, stdio: 'inherit' };
  const result = npm
    ? spawnSync(process.execPath, [npm, ...args], options)
    : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
  if (result.status !== 0) fail('npm could not install the dependencies; its message is above.');
}

/** The Node that npm scripts will find: the packaged one, unless it does not run here (a glibc build on musl). */
function nodeVersion() {
  const link = join(
    root,
    'node_modules',
    '.bin',
    process.platform === 'win32' ? 'node.cmd' : 'node',
  );
  if (!existsSync(link)) return process.version;
  const result = spawnSync(link, ['--version'], {
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (result.status === 0) return result.stdout.trim();
  rmSync(link);
  return process.version;
}

function isNewEnough(version) {
  const [major, minor] = version.slice(1).split('.').map(Number);
  return major > needed[0] || (major === needed[0] && minor >= needed[1]);
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
