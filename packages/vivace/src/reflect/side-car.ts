import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { shortPath } from '../declare/call-site';
import { BootError } from '../errors/boot-error';
import type { SideCar } from './type-data';

/** A package with the types that the compiler wrote of it. */
export interface TypedPackage {
  readonly root: string;
  /** Undefined where none were written. */
  readonly sideCar: SideCar | undefined;
  /** The directory of the side-car. */
  readonly directory: string;
}

/** Finds the side-car of a module: the nearest above it, not beyond its package. */
export function packageOf(file: string): TypedPackage {
  const path = file.startsWith('file:') ? fileURLToPath(file) : file;
  let found: Pick<TypedPackage, 'sideCar' | 'directory'> | undefined;
  for (let directory = dirname(path); ; directory = dirname(directory)) {
    found ??= readFrom(directory);
    if (existsSync(join(directory, 'package.json')) || directory === dirname(directory))
      return { root: directory, ...(found ?? { sideCar: undefined, directory }) };
  }
}

/** The packages whose side-cars a package mentions: nothing of them may have been loaded. */
export function packagesUsedBy({ root, sideCar }: TypedPackage): TypedPackage[] {
  const { paths } = createRequire(join(root, 'package.json')).resolve;
  return (sideCar?.uses ?? []).flatMap((name) => {
    const file = (paths(name) ?? [])
      .map((folder) => join(folder, name))
      .find((path) => existsSync(path));
    return file === undefined ? [] : [packageOf(realpathSync(file))];
  });
}

/** Loads a module of a package: once, whether it is CommonJS or, without an `await` outside functions, an ES module. */
export function loadModule(
  { root, sideCar, directory }: TypedPackage,
  module: string,
  source: string,
): void {
  const script = sideCar?.scripts?.[module];
  const file = script === undefined ? join(root, source) : join(directory, script);
  createRequire(file)(file);
}

function readFrom(directory: string): Pick<TypedPackage, 'sideCar' | 'directory'> | undefined {
  for (const name of ['__types.cjs', '.vivace/types.json']) {
    const path = join(directory, name);
    if (existsSync(path)) return { sideCar: read(path), directory };
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
    const text = readFileSync(path, 'utf8');
    // Parsing takes half the time of running it: `module.exports = {…};`
    return JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1)) as SideCar;
  } catch {
    return undefined;
  }
}
