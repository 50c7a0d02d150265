import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { shortPath } from '../declare/place';
import { BootError } from '../errors/boot-error';
import type { SideCar } from './type';

/** A package with the types that the compiler wrote of it. */
export interface TypedPackage {
  readonly root: string;
  /** Undefined where none were written. */
  readonly sideCar: SideCar | undefined;
}

/** Finds the side-car of a module: the nearest above it, not beyond its package. */
export function packageOf(file: string): TypedPackage {
  const path = file.startsWith('file:') ? fileURLToPath(file) : file;
  let sideCar: SideCar | undefined;
  for (let directory = dirname(path); ; directory = dirname(directory)) {
    sideCar ??= readFrom(directory);
    if (existsSync(join(directory, 'package.json')) || directory === dirname(directory)) return { root: directory, sideCar };
  }
}

function readFrom(directory: string): SideCar | undefined {
  for (const name of ['__types.cjs', '.vivace/types.json']) {
    const path = join(directory, name);
    if (existsSync(path)) return read(path);
  }
  return undefined;
}

/** Files are large and every build of an application asks for them. */
const files = new Map<string, { readonly changed: number; readonly sideCar: SideCar }>();

function read(path: string): SideCar {
  const changed = statSync(path).mtimeMs;
  const known = files.get(path);
  if (known?.changed === changed) return known.sideCar;
  const sideCar = parse(path);
  if (sideCar?.v !== 1) {
    throw new BootError(
      'TYPES_STALE',
      { file: shortPath(path) },
      'The types were written by another version of the compiler.',
      '`npx vivace-types`, then start again.',
    );
  }
  files.set(path, { changed, sideCar });
  return sideCar;
}

function parse(path: string): SideCar | undefined {
  try {
    return (path.endsWith('.cjs') ? createRequire(path)(path) : JSON.parse(readFileSync(path, 'utf8'))) as SideCar;
  } catch {
    return undefined;
  }
}
