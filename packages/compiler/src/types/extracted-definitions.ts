import { dirname } from 'node:path';
import { SyntaxKind } from '../project/checker';
import type { Declaration } from './declarations';
import { define } from './definitions';
import { defineUse } from './generic-uses';
import { moduleId, moduleOf } from '../project/class-ids';
import { packageAt } from '../project/packages';
import { importedClasses, scriptOf } from './foreign-classes';
import { reachedFrom } from './prune';
import type { Reader } from './reader';
import type { ClassDefinition, Definition, DefinitionMap, TypeData } from './type-data';
import { isClass } from '../project/syntax';

/** No limits that data reaches, but ones for a library's types that refer to each other without end: how many, and how long each. */
const mostForeign = 300;
const longestForeign = 16_384;

/** Definitions while they are read, by id. One that has errors stays as it was before. */
export class Definitions {
  readonly #reader: Reader;
  readonly #root: string;
  readonly #previous: DefinitionMap;
  readonly #defs: Record<string, Definition>;
  readonly #broken = new Set<string>();
  readonly #unreadable: ReadonlySet<string>;
  #foreign = 0;

  constructor(
    reader: Reader,
    root: string,
    previous: DefinitionMap = {},
    kept: DefinitionMap = {},
  ) {
    this.#reader = reader;
    this.#root = packageAt(root).root;
    this.#previous = previous;
    this.#defs = { ...kept };
    this.#unreadable = new Set(
      reader.project.program.getSyntacticDiagnostics().map(({ fileName }) => fileName ?? ''),
    );
  }

  get broken(): readonly string[] {
    return [...this.#broken];
  }

  /** Classes and dependencies exist at run time; other types only count when one of those mentions them. */
  read(file: string): void {
    const before = this.#unreadable.has(file)
      ? Object.keys(this.#previous).filter((id) => id.startsWith(`${moduleId(file)}#`))
      : [];
    if (this.#unreadable.has(file)) this.#broken.add(file);
    for (const id of before) this.#defs[id] = this.#previous[id]!;
    if (before.length > 0) return;
    for (const declaration of this.#reader.declarations.of(file))
      if (isAtRunTime(declaration)) this.#define(declaration);
    for (const declaration of importedClasses(file, this.#reader))
      this.#reader.wanted.add(declaration);
  }

  /** Sets and lists may grow while they are read: definitions mention others. */
  readMentioned(): void {
    this.#readWanted();
    for (const use of this.#reader.uses) {
      defineUse(use, this.#defs, this.#reader);
      this.#readWanted();
    }
  }

  /** What the classes and dependencies of some modules reach; what broken ones mention was perhaps not read this time. */
  needed(modules: ReadonlySet<string>): DefinitionMap {
    const isNeeded = ([id, definition]: [string, Definition]) =>
      (definition.kind === 'class' || definition.kind === 'function') &&
      !id.endsWith('>') &&
      (modules.has(moduleOf(id)) || ('script' in definition && definition.script !== undefined));
    const ids = Object.entries(this.#defs).filter(isNeeded);
    return reachedFrom(
      ids.map(([id]) => id),
      this.#broken.size > 0 ? { ...this.#previous, ...this.#defs } : this.#defs,
    );
  }

  #readWanted(): void {
    for (const declaration of this.#reader.wanted) {
      const isKnown = this.#defs[declaration.id] || this.#reader.declarations.shipped(declaration);
      if (!isKnown) this.#define(declaration);
    }
  }

  #define(declaration: Declaration): void {
    const { id, node } = declaration;
    const { fileName, isDeclarationFile } = node.getSourceFile();
    this.#reader.broken = false;
    const definition = isDeclarationFile
      ? this.#foreignDefinition(declaration)
      : define(declaration, this.#reader);
    const isBroken = this.#reader.broken && !isDeclarationFile;
    if (isBroken) this.#broken.add(fileName);
    this.#defs[id] = (isBroken && this.#previous[id]) || definition;
  }

  #foreignDefinition(declaration: Declaration): Definition {
    const unsupported: Definition = { kind: 'type', line: 1, t: { unsupported: declaration.id } };
    if (++this.#foreign > mostForeign) return unsupported;
    const definition = define(declaration, this.#reader);
    if (JSON.stringify(definition).length > longestForeign) return unsupported;
    return definition.kind === 'class' ? this.#foreignClass(declaration, definition) : definition;
  }

  /** What a package only declares for itself need not exist at run time. */
  #foreignClass({ node }: Declaration, definition: ClassDefinition): Definition {
    const { fileName } = node.getSourceFile();
    if (packageAt(dirname(fileName)).root === this.#root) {
      const symbol = node.name && this.#reader.checker.getSymbolAtLocation(node.name);
      const type = symbol && this.#reader.checker.getDeclaredTypeOfSymbol(symbol);
      const { line, doc, tags } = definition;
      const t: TypeData = type ? this.#reader.expanded(type) : 'unknown';
      return { kind: 'type', line, ...(doc && { doc }), ...(tags && { tags }), t };
    }
    const script = scriptOf(fileName);
    return { ...definition, ...(script && { script }) };
  }
}

function isAtRunTime({ node }: Declaration): boolean {
  return isClass(node) || node.kind === SyntaxKind.VariableDeclaration;
}
