import { dirname } from 'node:path';
import { SyntaxKind } from '../project/checker';
import { moduleId } from '../project/class-ids';
import { packageAt } from '../project/packages';
import type { Reader } from './reader';
import type { Definition, DefinitionMap, SideCar } from './type-data';
import { has, isClass, type Syntax } from '../project/syntax';
import { classesUsedIn } from './used-classes';

/** What a build ships of its files: the definitions that are needed at run time, without private members. */
export function prune(sideCar: SideCar, shipped: ReadonlySet<string>, reader: Reader): SideCar {
  const modules = new Set([...shipped].map(moduleId));
  const roots = [...shipped].flatMap((file) => rootsOf(file, reader));
  const files = Object.fromEntries(
    Object.entries(sideCar.files).filter(([module]) => modules.has(module)),
  );
  const defs = Object.entries(sideCar.defs).map(
    ([id, definition]) => [id, withoutPrivate(definition)] as const,
  );
  return { ...sideCar, files, defs: reachedFrom(roots, Object.fromEntries(defs)) };
}

/** Decorated classes, classes that are named as values, dependencies, and what a library exports. */
function rootsOf(file: string, reader: Reader): string[] {
  const { isLibrary } = packageAt(dirname(file));
  const isRoot = (node: Syntax) =>
    isClass(node) ? isDecorated(node) || (isLibrary && isExported(node)) : isVariable(node);
  const declared = reader.declarations.of(file).filter(({ node }) => isRoot(node));
  return [...declared.map(({ id }) => id), ...classesUsedIn(file, reader)];
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

function* refsIn(value: unknown): Generator<string> {
  if (typeof value !== 'object' || value === null) return;
  const { ref, to, from } = value as { ref?: unknown; to?: unknown; from?: unknown };
  for (const id of [ref, to, from]) if (typeof id === 'string') yield id;
  for (const part of Object.values(value)) yield* refsIn(part);
}
