import { type Project, SymbolFlags } from './checker';
import type { Syntax } from './syntax';

/** Which files of a project import which. */
export class ImportGraph {
  /** By the path that the checker gives a file: the paths of what it imports. */
  readonly #imports = new Map<string, ReadonlySet<string>>();
  readonly #files = new Map<string, string>();
  /** Files whose declarations others see without an import. */
  readonly #global = new Set<string>();

  /** Reads again what some files import. */
  update(files: readonly string[], { checker, program }: Project): void {
    const sources = files.flatMap((file) => {
      const source = program.getSourceFile(file);
      return source ? [{ file, source }] : [];
    });
    const specifiers = sources.flatMap(({ source }) => source.imports as readonly Syntax[]);
    const targets = checker.getSymbolAtLocation(specifiers).map((symbol) => {
      const isModule = symbol && (symbol.flags & SymbolFlags.ValueModule) !== 0;
      return isModule ? (symbol.declarations[0]?.path as string | undefined) : undefined;
    });
    let at = 0;
    for (const { file, source } of sources) {
      const own = targets.slice(at, (at += source.imports.length));
      this.#files.set(source.path, file);
      this.#imports.set(source.path, new Set(own.filter((target) => target !== undefined)));
      const isGlobal =
        source.externalModuleIndicator === undefined || source.moduleAugmentations.length > 0;
      if (isGlobal) this.#global.add(file);
      else this.#global.delete(file);
    }
  }

  /** The files, and all that import them directly or not: whatever a change of them may touch. */
  importersOf(files: readonly string[]): ReadonlySet<string> {
    if (files.some((file) => this.#global.has(file))) return new Set(this.#files.values());
    const reached = new Set(
      [...this.#files].filter(([, file]) => files.includes(file)).map(([path]) => path),
    );
    for (const path of reached)
      for (const [importer, imports] of this.#imports) if (imports.has(path)) reached.add(importer);
    return new Set([...reached].map((path) => this.#files.get(path)!));
  }

  /** Of a file and all that import it, directly or not, those that nobody imports, and `programs`: where a program or a test begins. */
  beginningsOf(file: string, programs: readonly string[]): readonly string[] {
    const imported = new Set([...this.#imports.values()].flatMap((paths) => [...paths]));
    const importers = this.importersOf([file]);
    return [...this.#files]
      .filter(
        ([path, name]) => importers.has(name) && (programs.includes(name) || !imported.has(path)),
      )
      .map(([, name]) => name);
  }
}
