import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { openProject, type OpenProject, type Project, SyntaxKind } from './checker';
import type { Declaration } from './declarations';
import { define } from './definitions';
import { defineUse } from './generic-uses';
import { hashOf, moduleId, packageAt, portable } from './packages';
import { prune } from './prune';
import { Reader } from './reader';
import type { Definition, SideCar } from './side-car';
import { sourcesOf } from './sources';
import { isClass } from './syntax';
import { nearestConfig } from './tsconfig';

export interface Extraction {
  readonly sideCar: SideCar;
  /** Files with type errors in their definitions, which kept those of the previous side-car where there were any. */
  readonly broken: readonly string[];
}

/** No limits that data reaches, but ones for a library's types that refer to each other without end: how many, and how long each. */
const mostForeign = 300;
const longestForeign = 16_384;

/**
 * Reads the types of a package: of every TypeScript file below its root.
 *
 * @param root the package's directory
 * @param options `previous`: the side-car that broken files keep their definitions from;
 *   `shipped`: the files of a build, whose side-car has only what they need at run time
 * @throws Error when there is no type checker, or when the project does not check for null
 */
export function extractTypes(root: string, options: { previous?: SideCar; shipped?: ReadonlySet<string> } = {}): Extraction {
  const files = sourcesOf(root);
  using opened = openProject(writeConfig(root, files), root);
  return extractFrom(opened, root, files, options);
}

/**
 * The same from a project that is open.
 *
 * @param options `kept`: definitions of files that need not be read again
 */
export function extractFrom(
  opened: Pick<OpenProject, 'project' | 'version'>,
  root: string,
  files: readonly string[],
  options: { previous?: SideCar; shipped?: ReadonlySet<string>; kept?: SideCar['defs'] } = {},
): Extraction {
  const hashes = sourcesOf(root).map((file) => [moduleId(file), hashOf(readFileSync(file, 'utf8'))]);
  assertNullChecks(opened.project, root);
  const defs: Record<string, Definition> = { ...options.kept };
  const broken: string[] = [];
  const reader = new Reader(opened.project);
  for (const file of files) {
    reader.broken = false;
    const found = reader.declarations.of(file).filter(isAlwaysNeeded);
    const own = found.map((declaration) => [declaration.id, define(declaration, reader)] as const);
    const kept = reader.broken ? previousOf(moduleId(file), options.previous) : [];
    if (reader.broken) broken.push(file);
    Object.assign(defs, Object.fromEntries(kept.length > 0 ? kept : own));
  }
  defineMentioned(reader, defs);
  const uses = [...reader.declarations.used].sort();
  const about = { ts: opened.version, root: packageAt(root).name, ...(uses.length > 0 && { uses }) };
  const sideCar: SideCar = { v: 1, ...about, files: Object.fromEntries(hashes), defs };
  return { broken, sideCar: options.shipped ? prune(sideCar, options.shipped, reader) : sideCar };
}

/** Classes and dependencies exist at run time; other types only count when one of those mentions them. */
function isAlwaysNeeded({ node }: Declaration): boolean {
  return isClass(node) || node.kind === SyntaxKind.VariableDeclaration;
}

/** Sets and lists may grow while they are read: definitions want others. */
function defineMentioned(reader: Reader, defs: Record<string, Definition>): void {
  defineWanted(reader, defs);
  for (const use of reader.uses) {
    defineUse(use, defs, reader);
    defineWanted(reader, defs);
  }
}

function defineWanted(reader: Reader, defs: Record<string, Definition>): void {
  let foreign = 0;
  for (const declaration of reader.wanted) {
    const { id, node } = declaration;
    if (defs[id] || reader.declarations.shipped(declaration)) continue;
    const isForeign = node.getSourceFile().isDeclarationFile;
    const isTooMany = isForeign && ++foreign > mostForeign;
    const definition = isTooMany ? undefined : define(declaration, reader);
    const isTooLong = isForeign && JSON.stringify(definition ?? '').length > longestForeign;
    defs[id] = definition && !isTooLong ? definition : { kind: 'type', line: 1, t: { unsupported: id } };
  }
}

function previousOf(module: string, previous: SideCar | undefined): [string, Definition][] {
  return Object.entries(previous?.defs ?? {}).filter(([id]) => id.startsWith(`${module}#`));
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
    compilerOptions: { ...(!base && defaults), noEmit: true, composite: false, incremental: false, skipLibCheck: true, rootDir: '..' },
    files: files.map((file) => portable(relative(directory, file))),
    include: [],
  };
  mkdirSync(directory, { recursive: true });
  const path = join(directory, 'tsconfig.json');
  writeFileSync(path, JSON.stringify(config, null, 2));
  return path;
}

function assertNullChecks({ compilerOptions: { strict, strictNullChecks } }: Project, root: string): void {
  if (strictNullChecks ?? strict ?? true) return;
  throw new Error(
    `${join(root, 'tsconfig.json')}: types cannot be read without null checks. Write "strict": true, or "strictNullChecks": true.`,
  );
}
