import type { TypeData } from './type-data';

/** A union as plain as it can be: flat, each member once, both booleans as one. */
export function unionOf(types: readonly TypeData[]): TypeData {
  const members = new Map<string, TypeData>();
  for (const type of types.flatMap(membersOf)) members.set(JSON.stringify(type), type);
  const isBoth = members.has('{"lit":true}') && members.has('{"lit":false}');
  const folded = [...members.values()].map((type) =>
    isBoth && isBoolean(type) ? 'boolean' : type,
  );
  const distinct = isBoth
    ? folded.filter((type, index) => type !== 'boolean' || folded.indexOf('boolean') === index)
    : folded;
  const kept = distinct.filter((type) => type !== 'never');
  return kept.length > 1 ? { union: kept } : (kept[0] ?? 'never');
}

/** What `?` adds to a type, taken away again. */
export function withoutUndefined(type: TypeData): TypeData {
  return isUnion(type) ? unionOf(type.union.filter((member) => member !== 'undefined')) : type;
}

function membersOf(type: TypeData): readonly TypeData[] {
  return isUnion(type) ? type.union : [type];
}

function isUnion(type: TypeData): type is { union: TypeData[] } {
  return typeof type === 'object' && 'union' in type;
}

function isBoolean(type: TypeData): boolean {
  return typeof type === 'object' && 'lit' in type && typeof type.lit === 'boolean';
}
