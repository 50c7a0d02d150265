// Makes a project from this clone, as `npm create vivace` will from the registry: packs the packages as they would be published,
// and has the command line use them. The tarballs stay in .cache, because the project installs from there.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const packages = join(root, 'packages');
const args = process.argv.slice(2);

mkdirSync(join(root, '.cache'), { recursive: true });
const tarballs = mkdtempSync(join(root, '.cache', 'packages-'));
for (const name of readdirSync(packages)) {
  const directory = join(packages, name);
  if (existsSync(join(directory, 'package.json'))) pack(directory);
}
// npm runs scripts in the folder of package.json: a path is meant from where the command was called.
const cwd = process.env.INIT_CWD ?? process.cwd();
const { status } = spawnSync(
  process.execPath,
  [join(packages, 'cli/bin/vivace.js'), 'new', ...args],
  {
    cwd,
    stdio: 'inherit',
    env: { ...ownEnvironment(), VIVACE_PACKAGES: tarballs },
  },
);
process.exit(status ?? 1);

function pack(directory) {
  const options = { cwd: directory, encoding: 'utf8', shell: process.platform === 'win32' };
  const packed = spawnSync(
    'npm',
    ['pack', '--silent', '--ignore-scripts', '--pack-destination', tarballs],
    options,
  );
  if (packed.status === 0) return;
  console.error(`${directory} could not be packed:\n${packed.stderr}`);
  process.exit(1);
}

/** Without what npm says to the scripts of this repository: the new project is another one. */
function ownEnvironment() {
  const ofScript =
    /^(?:npm_(?:package|lifecycle|command|execpath|node_execpath)|npm_config_local_prefix|INIT_CWD)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ofScript.test(name)));
}
