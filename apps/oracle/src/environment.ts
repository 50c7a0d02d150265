import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** This workspace. */
export const HOME = resolve(__dirname, '..');
/** What is made once and kept, and what is made for one run. */
export const CACHE = resolve(HOME, '../../.cache/oracle');

const REQUIREMENTS = join(HOME, 'requirements.txt');
const ENVIRONMENT = join(CACHE, 'python');
const STAMP = join(ENVIRONMENT, 'stamp');
const PYTHON = join(
  ENVIRONMENT,
  process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python',
);

/** There is no Python, or it cannot have the packages. */
export class NoPython extends Error {}

/**
 * The Python that has FastAPI, in a virtual environment that is made when it is first needed.
 *
 * @throws NoPython that says what is missing
 */
export function python(): string {
  if (isPrepared()) return PYTHON;
  const found = ['python3', 'python'].find(works);
  if (found === undefined) throw new NoPython('There is no Python 3 (3.10 or newer).');
  rmSync(ENVIRONMENT, { recursive: true, force: true });
  mkdirSync(CACHE, { recursive: true });
  run(found, ['-m', 'venv', ENVIRONMENT], 'Python has no venv (Debian: python3-venv)');
  run(
    PYTHON,
    ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', REQUIREMENTS],
    'pip could not install what requirements.txt lists',
  );
  writeFileSync(STAMP, stampOf());
  return PYTHON;
}

/** Whether that Python is there already. */
export function isPrepared(): boolean {
  return existsSync(STAMP) && readFileSync(STAMP, 'utf8') === stampOf() && works(PYTHON);
}

const stampOf = (): string => createHash('sha256').update(readFileSync(REQUIREMENTS)).digest('hex');

function works(command: string): boolean {
  const version = 'import sys; sys.exit(sys.version_info < (3, 10))';
  return spawnSync(command, ['-c', version]).status === 0;
}

function run(command: string, args: readonly string[], problem: string): void {
  const { status, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new NoPython(`${problem}:\n${stderr.trim()}`);
}
