import type { MemberData, TypeData } from '../reflect/type-data';

export type Generics = ReadonlyMap<string, TypeData>;
export const NO_GENERICS: Generics = new Map();

export type TupleItem =
  Extract<TypeData, { tuple: unknown }> extends { tuple: readonly (infer I)[] } ? I : never;

/** The type with its parameters replaced. */
export function substitute(type: TypeData, generics: Generics): TypeData {
  if (typeof type === 'string' || generics.size === 0) return type;
  const inner = (part: TypeData) => substitute(part, generics);
  if ('param' in type) return generics.get(type.param) ?? 'unknown';
  if ('array' in type) return { array: inner(type.array) };
  if ('union' in type) return { union: type.union.map(inner) };
  if ('record' in type) return { record: [inner(type.record[0]), inner(type.record[1])] };
  if ('tuple' in type) return { tuple: type.tuple.map((item) => tupleItem(item, inner)) };
  if ('ref' in type)
    return type.args === undefined ? type : { ...type, args: type.args.map(inner) };
  if ('builtin' in type)
    return type.args === undefined ? type : { ...type, args: type.args.map(inner) };
  if ('foreign' in type)
    return {
      ...type,
      ...(type.args !== undefined && { args: type.args.map(inner) }),
      ...(type.of !== undefined && { of: inner(type.of) }),
    };
  if ('prim' in type) return { ...type, prim: inner(type.prim) };
  if ('tpl' in type) return { ...type, of: type.of.map(inner) };
  if ('object' in type) {
    const members = Object.entries(type.object).map(([name, member]): [string, MemberData] => [
      name,
      { ...member, t: inner(member.t) },
    ]);
    return {
      object: Object.fromEntries(members),
      ...(type.index !== undefined && { index: inner(type.index) }),
      ...(type.as !== undefined && { as: type.as }),
    };
  }
  return type;
}

function tupleItem(item: TupleItem, inner: (type: TypeData) => TypeData): TupleItem {
  if (typeof item === 'object' && 'opt' in item) return { opt: inner(item.opt) };
  if (typeof item === 'object' && 'rest' in item) return { rest: inner(item.rest) };
  return inner(item);
}

/** The parameters of a definition with what is given for them. */
export function bind(
  params: readonly string[] | undefined,
  args: readonly TypeData[] | undefined,
): Generics {
  return new Map((params ?? []).map((name, index) => [name, args?.[index] ?? 'unknown']));
}
