import { dirname } from 'node:path';
import { SymbolFlags, SyntaxKind } from '../project/checker';
import { moduleOf } from '../project/class-ids';
import { packageAt } from '../project/packages';
import type { Reader } from './reader';
import type { Definition, DefinitionMap, SideCar } from './type-data';
import { has, isClass, type Syntax } from '../project/syntax';
import { classesUsedIn } from './used-classes';

/** What a build has of a package. */
export interface Build {
  /** The sources that it was made from. */
  readonly shipped: ReadonlySet<string>;
  /** The sources that others import, where only what these export counts. */
  readonly entries?: readonly string[] | undefined;
}

/** What a build ships of its files: the definitions that are needed at run time, without private members. */
export function prune(sideCar: SideCar, { shipped, entries }: Build, reader: Reader): SideCar {
  const roots = entries
    ? [...decoratedIn(shipped, reader), ...exportedFrom(entries, reader)]
    : [...shipped].flatMap((file) => rootsOf(file, reader));
  const all = Object.entries(sideCar.defs).map(
    ([id, definition]) => [id, withoutPrivate(definition)] as const,
  );
  const defs = reachedFrom(roots, Object.fromEntries(all));
  const modules = new Set(Object.keys(defs).map(moduleOf));
  const files = Object.entries(sideCar.files).filter(([module]) => modules.has(module));
  return { ...sideCar, files: Object.fromEntries(files), defs };
}

/** Decorated classes, classes that are named as values, dependencies, and what a library exports. */
function rootsOf(file: string, reader: Reader): string[] {
  const { isLibrary } = packageAt(dirname(file));
  const isRoot = (node: Syntax) =>
    isClass(node) ? isDecorated(node) || (isLibrary && isExported(node)) : isVariable(node);
  const declared = reader.declarations.of(file).filter(({ node }) => isRoot(node));
  return [...declared.map(({ id }) => id), ...classesUsedIn(file, reader)];
}

function decoratedIn(files: ReadonlySet<string>, { declarations }: Reader): string[] {
  return [...files]
    .flatMap((file) => declarations.of(file))
    .filter(({ node }) => (isClass(node) ? isDecorated(node) : isVariable(node)))
    .map(({ id }) => id);
}

/** The ids of the classes that files export, theirs or those of others. */
function exportedFrom(files: readonly string[], { checker, declarations, project }: Reader) {
  const modules = files.flatMap((file) => {
    const source = project.program.getSourceFile(file);
    return (source && checker.getSymbolAtLocation(source)) ?? [];
  });
  return modules
    .flatMap((module) => checker.getExportsOfModule(module))
    .map((symbol) =>
      (symbol.flags & SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol),
    )
    .filter(({ flags }) => (flags & SymbolFlags.Class) !== 0)
    .flatMap((symbol) => declarations.ofSymbol(symbol)?.id ?? []);
}

function isDecorated(node: Syntax): boolean {
  const members = node.members ?? [];
  const parts = [node, ...members, ...members.flatMap(({ parameters = [] }) => parameters)];
  return parts.some((part) => has(part, SyntaxKind.Decorator));
}

function isVariable({ kind }: Syntax): boolean {
  return kind === SyntaxKind.VariableDeclaration;
}

function isExported(node: Syntax): boolean {
  return has(node, SyntaxKind.ExportKeyword);
}

/** Some definitions, and those that they mention. */
export function reachedFrom(ids: readonly string[], all: DefinitionMap): DefinitionMap {
  const reached = new Set(ids.filter((id) => id in all));
  for (const id of reached) for (const ref of refsIn(all[id])) if (ref in all) reached.add(ref);
  return Object.fromEntries([...reached].map((id) => [id, all[id]!]));
}

function withoutPrivate(definition: Definition): Definition {
  if (definition.kind !== 'class') return definition;
  const props = Object.entries(definition.props).filter(([, { vis }]) => vis !== 'private');
  return { ...definition, props: Object.fromEntries(props) };
}

/** What a value mentions: a reference, or the class that a member comes from. */
function* refsIn(value: unknown): Generator<string> {
  if (typeof value !== 'object' || value === null) return;
  const { ref, to, from } = value as { ref?: unknown; to?: unknown; from?: unknown };
  for (const id of [ref, to, from]) if (typeof id === 'string') yield id;
  for (const part of Object.values(value)) yield* refsIn(part);
}
