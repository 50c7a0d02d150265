import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { designFile, writeDesign } from './design-file';
import { type PlainPackage, plainPackagesOf } from './plain-packages';
import { extractTypes } from '../types/extract';
import { compilerStamp, hashOf } from '../project/stamp';
import { moduleId } from '../project/class-ids';
import { packageAt } from '../project/packages';
import type { SideCar } from '../types/type-data';
import { buildFile, developmentFile, readSideCar, writeSideCar } from '../types/side-car-file';
import { sourcesOf } from '../project/sources';
import { nearestConfig } from '../project/tsconfig';

/** What `writeTypes` wrote. */
export interface Written {
  readonly path: string;
  readonly definitions: number;
  readonly files: number;
  /** Files with type errors in their definitions. */
  readonly broken: readonly string[];
  /** Packages with decorated classes that are mentioned, which were built without Vivace. */
  readonly plain: readonly PlainPackage[];
}

/** How the side-car of development compares with the files. */
export interface Freshness {
  readonly fresh: boolean;
  readonly missing: boolean;
  /** Files that were changed, added or removed since it was written. */
  readonly stale: readonly string[];
}

/**
 * Writes the types of a package to `.vivace/types.json`, for development and tests.
 *
 * @throws Error when there is no type checker, or when the project does not check for null
 */
export function writeTypes(directory: string): Written {
  const root = resolve(directory);
  const path = developmentFile(root);
  const stamp = stampOf(root);
  const { sideCar, broken, design } = extractTypes(root, { previous: readSideCar(path) });
  writeDesign(root, design);
  writeSideCar(path, { ...sideCar, stamp });
  return {
    path,
    broken,
    plain: plainPackagesOf(sideCar, root),
    definitions: Object.keys(sideCar.defs).length,
    files: Object.keys(sideCar.files).length,
  };
}

/** Compares hashes, without starting the checker. */
export function checkTypes(directory: string): Freshness {
  const root = resolve(directory);
  const sideCar = readSideCar(developmentFile(root));
  if (!sideCar || !existsSync(designFile(root))) return { fresh: false, missing: true, stale: [] };
  const stale = staleFiles(root, sideCar);
  return { fresh: stale.length === 0 && sideCar.stamp === stampOf(root), missing: false, stale };
}

function staleFiles(root: string, { files }: SideCar): string[] {
  const present = new Map(sourcesOf(root).map((file) => [moduleId(file), file]));
  const changed = [...present].filter(
    ([module, file]) => files[module] !== hashOf(readFileSync(file, 'utf8')),
  );
  const removed = Object.keys(files).filter((module) => !present.has(module));
  return [...changed.map(([, file]) => file), ...removed];
}

/** Tells apart whatever else types depend on. */
function stampOf(root: string): string {
  const config = nearestConfig(root);
  return hashOf(
    [compilerStamp(), config ? readFileSync(config, 'utf8') : '', ...dependencyStamps(root)].join(
      '\n',
    ),
  );
}

/** A dependency changes when another version is installed, or when its linked workspace is built. */
function dependencyStamps(root: string): string[] {
  const { resolve: locate } = createRequire(join(root, 'package.json'));
  return packageAt(root).dependencies.map((name) => {
    const directory = (locate.paths(name) ?? [])
      .map((folder) => join(folder, name))
      .find((folder) => existsSync(join(folder, 'package.json')));
    if (!directory) return name;
    const builds = [
      join(directory, 'package.json'),
      join(directory, 'dist', '.tsbuildinfo'),
      buildFile(join(directory, 'dist')),
    ];
    return builds.map((file) => (existsSync(file) ? statSync(file).mtimeMs : 0)).join();
  });
}
