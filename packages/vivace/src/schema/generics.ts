import type { MemberData, TypeData } from '../reflect/type-data';

export type Generics = ReadonlyMap<string, TypeData>;
export const NO_GENERICS: Generics = new Map();

type Item =
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
    };
  }
  return type;
}

function tupleItem(item: Item, inner: (type: TypeData) => TypeData): Item {
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

const PYTHON: Readonly<Record<string, string>> = {
  string: 'str',
  number: 'float',
  boolean: 'bool',
  bigint: 'int',
  null: 'NoneType',
  undefined: 'NoneType',
  any: 'Any',
  unknown: 'Any',
  object: 'dict',
  Date: 'datetime',
  Set: 'set',
  Map: 'dict',
};

/** A type as FastAPI writes it in titles: `Page[User]`, `list[str]`. */
export function displayName(type: TypeData): string {
  if (typeof type === 'string') return PYTHON[type] ?? type;
  const list = (name: string, types: readonly TypeData[]) =>
    types.length === 0 ? name : `${name}[${types.map(displayName).join(', ')}]`;
  if ('ref' in type) return list(shortName(type.ref), type.args ?? []);
  if ('builtin' in type) return list(PYTHON[type.builtin] ?? type.builtin, type.args ?? []);
  if ('array' in type) return list('list', [type.array]);
  if ('union' in type) return list('Union', type.union);
  if ('record' in type) return list('dict', type.record);
  if ('tuple' in type) return list('tuple', type.tuple.map(plainItem));
  if ('prim' in type) return String(type.tags?.['format'] ?? displayName(type.prim));
  if ('lit' in type)
    return `Literal[${typeof type.lit === 'string' ? `'${type.lit}'` : String(type.lit)}]`;
  return 'object' in type ? 'dict' : 'Any';
}

const plainItem = (item: Item): TypeData =>
  typeof item === 'object' && 'opt' in item
    ? item.opt
    : typeof item === 'object' && 'rest' in item
      ? item.rest
      : item;

/** `User` for `shop/src/dto.ts#User~2`. */
export const shortName = (id: string): string =>
  id.slice(id.lastIndexOf('#') + 1).replace(/~\d+$/, '');

/** The name of a component: `Page_User_` for `Page[User]`. */
export const componentName = (title: string): string => title.replace(/[^a-zA-Z0-9.\-_]/g, '_');
