import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { openProject, type OpenProject, type Project } from '../project/checker';
import type { DesignMap } from '../project/design';
import { designFactsOf } from './design';
import { Definitions } from './extracted-definitions';
import { hashOf } from '../project/stamp';
import { moduleId } from '../project/class-ids';
import { packageAt, portable } from '../project/packages';
import { type Build, prune } from './prune';
import { Reader } from './reader';
import type { DefinitionMap, SideCar } from './type-data';
import { declarationFilesOf, sourcesOf } from '../project/sources';
import { nearestConfig } from '../project/tsconfig';

export interface Extraction {
  readonly sideCar: SideCar;
  /** Files with errors in their definitions: these are as in the previous side-car where that has them, else they say what is missing. */
  readonly broken: readonly string[];
  /** What the metadata of the files that were read takes from others, by file. */
  readonly design: DesignMap;
}

/** What an extraction may build on. */
interface Ground {
  /** The side-car that broken definitions are kept from. */
  readonly previous?: SideCar | undefined;
  /** A build, whose side-car has only what it needs at run time. */
  readonly build?: Build;
}

/**
 * Reads the types of a package: of every TypeScript file below its root.
 *
 * @param root the package's directory
 * @throws Error when there is no type checker, or when the project does not check for null
 */
export function extractTypes(root: string, ground: Ground = {}): Extraction {
  const files = sourcesOf(root);
  using opened = openProject(writeConfig(root, files), root);
  return extractFrom(opened, root, files, ground);
}

/**
 * The same from a project that is open.
 *
 * @param files those to read; the definitions of others are `kept`
 */
export function extractFrom(
  { project, version }: Pick<OpenProject, 'project' | 'version'>,
  root: string,
  files: readonly string[],
  { previous, build, kept }: Ground & { readonly kept?: DefinitionMap } = {},
): Extraction {
  assertNullChecks(project, root);
  const hashes = sourcesOf(root).map((file) => [
    moduleId(file),
    hashOf(readFileSync(file, 'utf8')),
  ]);
  const reader = new Reader(project);
  const definitions = new Definitions(reader, root, previous?.defs, kept);
  for (const file of files) definitions.read(file);
  definitions.readMentioned();
  const uses = [...reader.declarations.used, ...(kept ? (previous?.uses ?? []) : [])];
  const sideCar: SideCar = {
    v: 1,
    ts: version,
    root: packageAt(root).name,
    ...(uses.length > 0 && { uses: [...new Set(uses)].sort() }),
    files: Object.fromEntries(hashes),
    defs: definitions.needed(new Set(hashes.map(([module]) => module!))),
  };
  const design = files
    .map((file) => [moduleId(file), designFactsOf(file, reader)] as const)
    .filter(([, facts]) => Object.keys(facts).length > 0);
  return {
    broken: definitions.broken,
    design: Object.fromEntries(design),
    sideCar: build ? prune(sideCar, build, reader) : sideCar,
  };
}

/** A project of its own, because tests stand outside the one that is built. */
export function writeConfig(root: string, files: readonly string[]): string {
  const directory = join(root, '.vivace');
  const base = nearestConfig(root);
  const defaults = {
    module: 'nodenext',
    target: 'es2023',
    lib: ['es2023', 'esnext.disposable'],
    types: ['node'],
    strict: true,
    experimentalDecorators: true,
  };
  const config = {
    ...(base && { extends: portable(relative(directory, base)) }),
    compilerOptions: {
      ...(!base && defaults),
      noEmit: true,
      composite: false,
      incremental: false,
      skipLibCheck: true,
      rootDir: '..',
    },
    files: [...files, ...declarationFilesOf(root)].map((file) =>
      portable(relative(directory, file)),
    ),
    include: [],
  };
  mkdirSync(directory, { recursive: true });
  const path = portable(join(directory, 'tsconfig.json'));
  writeFileSync(path, JSON.stringify(config, null, 2));
  return path;
}

function assertNullChecks(
  { compilerOptions: { strict, strictNullChecks } }: Project,
  root: string,
): void {
  if (strictNullChecks ?? strict ?? true) return;
  throw new Error(
    `${join(root, 'tsconfig.json')}: types cannot be read without null checks. Write "strict": true, or "strictNullChecks": true.`,
  );
}
