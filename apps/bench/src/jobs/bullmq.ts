import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { repository } from '../checkout.js';

const VERSION = '6.7.0';
/** Beside the workspace, which does not need it. */
const FOLDER = join(repository, '.cache', 'bench-jobs');

/** What the benchmark uses of it. */
export interface BullMQ {
  readonly Queue: new (name: string, options: object) => { addBulk(jobs: object[]): Promise<void> };
  readonly Worker: new (
    name: string,
    run: () => Promise<void>,
    options: object,
  ) => { waitUntilReady(): Promise<unknown> };
}

/** Installs BullMQ where it is not there yet. */
export function installBullMQ(): void {
  if (existsSync(join(FOLDER, 'node_modules', 'bullmq'))) return;
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, 'package.json'), '{"private":true}');
  execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', `bullmq@${VERSION}`], {
    cwd: FOLDER,
    stdio: 'inherit',
  });
}

export async function loadBullMQ(): Promise<BullMQ> {
  const path = createRequire(join(FOLDER, 'package.json')).resolve('bullmq');
  return (await import(pathToFileURL(path).href)) as BullMQ;
}
