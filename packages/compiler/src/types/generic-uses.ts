import { definitionOfType } from './definitions';
import { hashOf } from '../project/stamp';
import type { GenericUse, Reader } from './reader';
import type { Definition, TypeData } from './type-data';

/** A type that grows with each mention of itself (`next: Grow<T[]>`) has no end. */
const longestArguments = 1000;

/**
 * Where what a generic declaration consists of depends on its argument (`{ [K in keyof T]: boolean }`), the argument cannot be put in:
 * each use gets a definition of its own, which the checker resolves.
 */
export function defineUse(use: GenericUse, defs: Record<string, Definition>, reader: Reader): void {
  const { reference, declaration } = use;
  const generic = defs[declaration.id] ?? reader.declarations.shipped(declaration);
  const args = JSON.stringify(reference.args);
  if (
    !generic ||
    !isOpen(generic, defs) ||
    args.includes('{"param":') ||
    args.length > longestArguments
  )
    return;
  const type = use.type();
  if (!type) return;
  reference.to = `${declaration.id}<${hashOf(args)}>`;
  defs[reference.to] ??= definitionOfType(declaration, type, reader);
}

/** Whether arguments cannot be put into a generic definition, or into one that it extends. */
function isOpen(definition: Definition, defs: Readonly<Record<string, Definition>>): boolean {
  const isGeneric = 'params' in definition && definition.params !== undefined;
  if (!isGeneric) return false;
  const bases = definition.kind === 'class' ? (definition.extends ?? []) : [];
  return (
    JSON.stringify(definition).includes('{"unsupported":') ||
    bases.some((base) => isOpenBase(base, defs))
  );
}

function isOpenBase(base: TypeData, defs: Readonly<Record<string, Definition>>): boolean {
  const definition = typeof base === 'object' && 'ref' in base ? defs[base.ref] : undefined;
  return definition !== undefined && isOpen(definition, defs);
}
