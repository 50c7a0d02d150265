import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { repository, run } from './checkout.js';

/**
 * Installs and builds the servers of other frameworks: whoever runs `npm start` should not have to.
 *
 * @returns their folder, with the programs in `dist`; it is kept in `.cache`
 */
export function installPeers(): string {
  const folder = join(repository, '.cache', 'peers');
  const sources = join(repository, 'apps/bench/peers');
  const wanted = readFileSync(join(sources, 'package.json'), 'utf8');
  const installed = join(folder, 'package.json');
  const isInstalled =
    existsSync(join(folder, 'node_modules')) && readFileSync(installed, 'utf8') === wanted;
  mkdirSync(folder, { recursive: true });
  cpSync(sources, folder, { recursive: true });
  for (const shared of ['business.ts', 'ready.ts', 'slices.ts'])
    cpSync(join(repository, 'apps/bench/src', shared), join(folder, 'src', shared));
  if (!isInstalled) {
    console.error('Installing the other frameworks into .cache/peers …');
    const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    run('npm', ['install', ...flags], folder);
  }
  mkdirSync(join(folder, 'src/generated'), { recursive: true });
  const cli = createRequire(installed).resolve('@tsoa/cli/dist/cli.js');
  run(process.execPath, [cli, 'spec-and-routes'], folder);
  const typescript = createRequire(import.meta.url).resolve('typescript/package.json');
  run(process.execPath, [join(dirname(typescript), 'bin/tsc'), '-p', folder], folder);
  return folder;
}
