import { type Symbol, SymbolFlags, SyntaxKind, type Type, TypeFlags } from '../project/checker';
import { has, type Syntax } from '../project/syntax';
import type { Reader } from './reader';
import { tagOf } from './tags';
import type { TypeData } from './type-data';
import { is, isFunction, markedType } from './type-kinds';

/**
 * What an intersection is, where it is no merged object: a primitive with tags (`number & { readonly [tag]?: 'int' }`), a list or
 * a class of the platform or of a library with a brand (`Date & Opt`), or a function. Undefined where its members are merged.
 */
export function wholeOf(type: Type, reader: Reader): TypeData | undefined {
  const types = type.isIntersectionType() ? type.getTypes() : [];
  const unsupported = { unsupported: reader.checker.typeToString(type) };
  const primitive = types.find((each) => is(each, TypeFlags.Primitive));
  if (primitive) {
    const others = types.filter((each) => each !== primitive);
    if (!others.every((each) => each.isObjectType())) return unsupported;
    return withTags(reader.type(primitive), others, reader);
  }
  const [whole, another] = types.filter((each) => reader.isWhole(each));
  if (whole) {
    const others = types.filter((each) => each !== whole);
    const isOnlyNamed = isOfLibrary(whole, reader);
    if (another || !others.every((each) => isOnlyNamed || isMark(each, reader))) return unsupported;
    const data = reader.type(whole);
    return typeof data === 'object' && 'array' in data ? withLimits(data, others, reader) : data;
  }
  const marked = markedType(type, reader.checker);
  if (marked) return reader.type(marked);
  return types.some((each) => isFunction(each, reader.checker)) ? 'function' : undefined;
}

/** A class of a library, of whose members nothing is read: what stands beside it changes nothing. */
function isOfLibrary(type: Type, reader: Reader): boolean {
  const symbol = type.getSymbol();
  return symbol !== undefined && reader.originOf(symbol) === 'foreign';
}

function withTags(prim: TypeData, others: readonly Type[], { checker }: Reader): TypeData {
  const tags = others
    .flatMap((each) => checker.getPropertiesOfType(each))
    .map((property) => tagOf(property, checker));
  return tags.length > 0 ? { prim, tags: Object.fromEntries(tags) } : prim;
}

/** Of the tags of a list, those count that say how long it is. */
function withLimits(prim: TypeData, others: readonly Type[], reader: Reader): TypeData {
  const data = withTags(prim, others, reader);
  const tags = typeof data === 'object' && 'prim' in data ? Object.entries(data.tags ?? {}) : [];
  const limits = tags.filter(([name]) => ['minItems', 'maxItems'].includes(name));
  return limits.length > 0 ? { prim, tags: Object.fromEntries(limits) } : prim;
}

/** An object type that only marks another: its members may be missing, or are brands, which exist for the checker alone. */
function isMark(type: Type, reader: Reader): boolean {
  if (!type.isObjectType() || isFunction(type, reader.checker)) return false;
  return (
    reader.checker.getIndexInfosOfType(type).length === 0 &&
    reader.checker
      .getPropertiesOfType(type)
      .every(
        (property) => (property.flags & SymbolFlags.Optional) !== 0 || isBrand(property, reader),
      )
  );
}

function isBrand(property: Symbol, { checker, project }: Reader): boolean {
  if (/^__@|^_/.test(property.escapedName)) return true;
  const node = property.valueDeclaration?.resolve(project) as Syntax | undefined;
  const type = checker.getTypeOfSymbol(property);
  const isUnit = type && is(type, TypeFlags.Literal | TypeFlags.UniqueESSymbol | TypeFlags.Never);
  return Boolean(isUnit) && node !== undefined && has(node, SyntaxKind.ReadonlyKeyword);
}
