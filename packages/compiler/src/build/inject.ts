import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, extname, join, relative, resolve } from 'node:path';
import { extractTypes } from '../types/extract';
import { instrument } from '../emit/instrument';
import { moduleId } from '../project/class-ids';
import { entriesOf } from '../project/entries';
import { packageAt, portable } from '../project/packages';
import { buildFile, readSideCar, writeSideCar } from '../types/side-car-file';
import { isSource } from '../project/sources';
import { type PlainPackage, plainPackagesOf } from './plain-packages';

/** What `injectIdentities` did. */
export interface Injected {
  readonly path: string;
  readonly files: number;
  readonly definitions: number;
  readonly broken: readonly string[];
  /** Packages with decorated classes that are mentioned, which were built without Vivace. */
  readonly plain: readonly PlainPackage[];
}

export interface InjectOptions {
  /** Only classes that the package's `exports` reach, and decorated ones; false by default. */
  readonly exported?: boolean;
}

/**
 * Puts identities into JavaScript that `tsc` emitted, and writes the types that a build needs beside it.
 * It may run again on the same files.
 *
 * @param outDir where `tsc` wrote
 * @param directory the package's root
 * @param options what counts
 * @throws Error when nothing there comes from TypeScript
 */
export function injectIdentities(
  outDir: string,
  directory: string,
  options: InjectOptions = {},
): Injected {
  const [target, root] = [resolve(outDir), resolve(directory)];
  removeStale(target, root);
  const emitted = [...scriptsBelow(target)].flatMap((script) => {
    const source = sourceOf(script, target, root);
    return source ? [{ script, source }] : [];
  });
  if (emitted.length === 0)
    throw new Error(
      `${target}: there is no JavaScript of TypeScript files here. Run tsc first, with this directory as "outDir".`,
    );
  const shipped = new Set(emitted.map(({ source }) => source));
  const entries = options.exported ? entrySources(root, emitted) : undefined;
  const { sideCar, broken } = extractTypes(root, { build: { shipped, entries } });
  const ids = new Set(Object.keys(sideCar.defs));
  for (const { script, source } of emitted) {
    const code = readFileSync(script, 'utf8');
    const text = instrument(
      code,
      { file: source, text: readFileSync(source, 'utf8') },
      isModule(script, code),
      ids,
    );
    if (text !== code) writeFileSync(script, text);
  }
  const path = buildFile(target);
  const scripts = emitted.map(({ script, source }) => [
    moduleId(source),
    portable(relative(target, script)),
  ]);
  writeSideCar(path, { ...sideCar, scripts: Object.fromEntries(scripts) });
  return {
    path,
    broken,
    files: shipped.size,
    definitions: Object.keys(sideCar.defs).length,
    plain: plainPackagesOf(sideCar, root),
  };
}

interface Emitted {
  readonly script: string;
  readonly source: string;
}

function entrySources(root: string, emitted: readonly Emitted[]): readonly string[] {
  const entries = entriesOf(root);
  return emitted.filter(({ script }) => entries.includes(script)).map(({ source }) => source);
}

/** What an earlier build made of sources that are gone. */
function removeStale(target: string, root: string): void {
  const { scripts = {}, root: owner } = readSideCar(buildFile(target)) ?? {};
  for (const [id, script] of Object.entries(scripts)) {
    if (!id.startsWith(`${owner}/`) || existsSync(join(root, id.slice(`${owner}/`.length))))
      continue;
    const path = join(target, script);
    for (const file of [
      path,
      `${path}.map`,
      path.replace(/js$/, 'd.ts'),
      path.replace(/js$/, 'd.ts.map'),
    ])
      rmSync(file, { force: true });
  }
}

function* scriptsBelow(directory: string): Generator<string> {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory() && entry.name !== 'node_modules') yield* scriptsBelow(path);
    else if (/\.[cm]?jsx?$/.test(entry.name) && path !== buildFile(directory)) yield path;
  }
}

/** The source of an emitted file: by its map, else by its place. */
function sourceOf(script: string, outDir: string, root: string): string | undefined {
  const candidates = existsSync(`${script}.map`)
    ? mappedSources(script)
    : placedSources(relative(outDir, script), root);
  return candidates
    .map((file) => portable(file))
    .find((file) => isSource(file) && existsSync(file));
}

function mappedSources(script: string): string[] {
  const { sourceRoot = '', sources } = JSON.parse(readFileSync(`${script}.map`, 'utf8')) as {
    sourceRoot?: string;
    sources: string[];
  };
  return sources.map((source) => resolve(dirname(script), sourceRoot, source));
}

function placedSources(path: string, root: string): string[] {
  const extension = extname(path);
  const typed = path.slice(0, -extension.length) + extension.replace('js', 'ts');
  return ['src', '.'].flatMap((folder) =>
    [typed, typed.replace(/ts$/, 'tsx')].map((name) => join(root, folder, name)),
  );
}

function isModule(script: string, code: string): boolean {
  const extension = extname(script);
  if (extension !== '.js') return extension === '.mjs';
  return (
    packageAt(dirname(script)).type === 'module' &&
    !/^\s*(["'])use strict\1;?\s*Object\.defineProperty\(exports/.test(code)
  );
}
