import { hashOf } from '../project/stamp';
import { definitionOfType } from './definitions';
import type { GenericUse, Reader } from './reader';
import { referencesIn } from './references';
import type { Definition } from './type-data';

/** A type that grows with each mention of itself (`next: Grow<T[]>`) has no end. */
const longestArguments = 1000;

/**
 * Where what a generic declaration consists of depends on its argument (`{ [K in keyof T]: boolean }`), the argument cannot be put in:
 * each use gets a definition of its own, which the checker resolves.
 */
export function defineUse(use: GenericUse, defs: Record<string, Definition>, reader: Reader): void {
  const { reference, declaration } = use;
  const generic = defs[declaration.id] ?? reader.declarations.shipped(declaration);
  const args = JSON.stringify(reference.args, (key, value: unknown) =>
    key === 'to' ? undefined : value,
  );
  const lookUp = (id: string) => defs[id] ?? reader.declarations.shippedAs(id);
  const isKnown = use.isResolved || !isParameter(args);
  if (!generic || !isKnown || !isOpen(generic, lookUp) || args.length > longestArguments) return;
  const type = use.type();
  if (!type) return;
  reference.to = `${declaration.id}<${hashOf(args)}>`;
  defs[reference.to] ??= reader.resolving(() => definitionOfType(declaration, type, reader));
}

const isParameter = (json: string) => json.includes('{"param":');

/** Whether arguments cannot be put into a generic definition, or into one that it mentions with a parameter of its own. */
function isOpen(
  definition: Definition,
  lookUp: (id: string) => Definition | undefined,
  met: Set<Definition> = new Set(),
): boolean {
  const isGeneric = 'params' in definition && definition.params !== undefined;
  if (!isGeneric || met.has(definition)) return false;
  met.add(definition);
  if (JSON.stringify(definition).includes('{"unsupported":')) return true;
  return [...referencesIn(definition)].some(({ ref, args = [] }) => {
    const target = isParameter(JSON.stringify(args)) ? lookUp(ref) : undefined;
    return target !== undefined && isOpen(target, lookUp, met);
  });
}
