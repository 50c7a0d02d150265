import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { moduleId } from '../project/class-ids';
import { packageAt, portable } from '../project/packages';
import { moduleOf } from './file-options';
import { type PlainPackage, plainPackagesOf } from './plain-packages';
import { TypeSession, type Problem } from './session';
import { buildFile, writeSideCar } from '../types/side-car-file';
import { isDeclarationFile, isSource, sourcesOf } from '../project/sources';
import type { DesignFacts, DesignMap } from '../project/design';
import { transform } from '../emit/transform';
import { emitOptionsOf, nearestConfig } from '../project/tsconfig';

/** What a compilation wrote. */
export interface Transpiled {
  readonly files: number;
  readonly definitions: number;
  /** Files with type errors in their definitions. */
  readonly broken: readonly string[];
  /** Packages with decorated classes that are mentioned, which were built without Vivace. */
  readonly plain: readonly PlainPackage[];
}

/**
 * A project that is compiled again and again: every TypeScript file below its root, source maps, and the side-car of types.
 * The checker stays warm, and only what was changed is written again.
 *
 * @example
 * using compilation = new Compilation('.', '.vivace/out');
 * compilation.update();
 * compilation.update(['src/items.ts']);
 */
export class Compilation implements Disposable {
  readonly #root: string;
  readonly #target: string;
  readonly #types: TypeSession;
  #complete = false;
  #design: DesignMap = {};

  /**
   * @param directory the project's root
   * @param outDir where the JavaScript goes; imports of packages must resolve from there
   */
  constructor(directory: string, outDir: string) {
    this.#root = resolve(directory);
    this.#target = resolve(outDir);
    this.#types = new TypeSession(this.#root);
  }

  /**
   * Writes what was changed, made or removed since the last call; the first call writes everything.
   *
   * @throws Error when a file has a syntax error; what was written before is as it was
   */
  update(changed: readonly string[] = []): Transpiled {
    const files = sourcesOf(this.#root);
    const all = changed.map((file) => resolve(file));
    const paths = all.filter(isSource);
    const { sideCar, broken, design } = this.#types.update(
      all.filter((file) => isSource(file) || isDeclarationFile(file)),
    );
    const named = new Set(paths.map((file) => portable(file)));
    const isChanged = (file: string) =>
      named.has(file) || !isDeepStrictEqual(designOf(file, design), designOf(file, this.#design));
    const written = this.#complete ? files.filter(isChanged) : files;
    const { type } = packageAt(this.#root);
    const options = emitOptionsOf(nearestConfig(this.#root));
    // All texts before the first is written: one that has a syntax error leaves the last version whole.
    const outputs = written.map((filename) => ({
      path: this.#outputOf(filename),
      ...transform(readFileSync(filename, 'utf8'), {
        filename,
        module: moduleOf(filename, type),
        design: designOf(filename, design),
        ...options,
      }),
    }));
    this.#prepare(type);
    for (const { path, code, map } of outputs) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, `${code}\n//# sourceMappingURL=${basename(path)}.map\n`);
      writeFileSync(`${path}.map`, map);
    }
    for (const file of paths)
      if (!existsSync(file))
        for (const end of ['', '.map']) rmSync(this.#outputOf(file) + end, { force: true });
    const scripts = Object.fromEntries(
      files.map((file) => [moduleId(file), portable(relative(this.#target, this.#outputOf(file)))]),
    );
    writeSideCar(buildFile(this.#target), { ...sideCar, scripts });
    this.#complete = true;
    this.#design = design;
    return {
      files: files.length,
      definitions: Object.keys(sideCar.defs).length,
      broken,
      plain: plainPackagesOf(sideCar, this.#root),
    };
  }

  /**
   * Where programs and tests begin that import a file, directly or not: at the last update, `programs` and the files that nobody imports.
   *
   * @param file a source; itself, where nobody imports it
   * @param programs files that begin a program, whoever else imports them
   */
  beginningsOf(file: string, programs: readonly string[] = []): readonly string[] {
    return this.#types.beginningsOf(file, programs);
  }

  /** What is wrong with the program as it was at the last update, as `tsc` would say. */
  problems(): readonly Problem[] {
    return this.#types.problems();
  }

  [Symbol.dispose](): void {
    this.#types[Symbol.dispose]();
  }

  #outputOf(filename: string): string {
    return join(this.#target, relative(this.#root, filename)).replace(/tsx?$/, 'js');
  }

  #prepare(type: 'module' | 'commonjs'): void {
    mkdirSync(this.#target, { recursive: true });
    if (packageAt(this.#target).type !== type)
      writeFileSync(join(this.#target, 'package.json'), JSON.stringify({ type }));
  }
}

function designOf(file: string, design: DesignMap): DesignFacts | undefined {
  return design[moduleId(file)];
}
