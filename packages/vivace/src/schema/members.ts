import type { MemberData, Members, TypeData } from '../reflect/type-data';
import type { Types } from '../reflect/types';
import { bind, type Generics, substitute } from './generics';
import type { Class } from '../declare/class';

/** The members that the types file knows of a class, its own and inherited, with the arguments of generic classes put in. */
export function membersOf(
  types: Types,
  type: Class,
  args?: readonly TypeData[],
  resolved?: string,
): ReadonlyMap<string, MemberData> {
  const whole = resolved === undefined ? undefined : types.definition(resolved);
  if (whole?.kind === 'class') return new Map(Object.entries(whole.props));
  const definition = types.of(type);
  const base = Object.getPrototypeOf(type) as Class;
  const generics = bind(definition?.params, args);
  const parents = (definition?.extends ?? []).map((parent) => substitute(parent, generics));
  const isBase = (parent: TypeData) => classOf(types, parent) === base;
  const parent = parents.find(isBase);
  const reference = typeof parent === 'object' && 'ref' in parent ? parent : undefined;
  const members = new Map(
    isClass(base) ? membersOf(types, base, reference?.args, reference?.to) : [],
  );
  // What is extended that has no class at run time (`extends WithId(Plain)`): classes below it may know its members better.
  for (const each of parents.filter((one) => !isBase(one)))
    for (const [name, member] of membersOfType(types, each))
      if (!members.has(name)) members.set(name, member);
  for (const [name, member] of Object.entries(definition?.props ?? {}))
    members.set(name, { ...member, t: substitute(member.t, generics) });
  return members;
}

/** The members of an object type or of a definition without a class at run time, those that it extends first. */
export function membersOfType(types: Types, type: TypeData): ReadonlyMap<string, MemberData> {
  if (typeof type !== 'object') return new Map();
  if ('object' in type) return new Map(Object.entries(type.object));
  const definition = 'ref' in type ? types.definition(type.to ?? type.ref) : undefined;
  if (definition === undefined || !('ref' in type)) return new Map();
  if (definition.kind === 'type')
    return membersOfType(types, substitute(definition.t, bind(definition.params, type.args)));
  if (definition.kind !== 'class') return new Map();
  const generics = bind(definition.params, type.args);
  const inherited = (definition.extends ?? []).flatMap((parent) => [
    ...membersOfType(types, substitute(parent, generics)),
  ]);
  return new Map([...inherited, ...bound(definition.props, generics)]);
}

function bound(props: Members, generics: Generics): [string, MemberData][] {
  return Object.entries(props).map(([name, member]) => [
    name,
    { ...member, t: substitute(member.t, generics) },
  ]);
}

/** What a class extends, itself or through another, whose fields nothing tells. */
export function unreadableBase(types: Types, type: Class): TypeData | undefined {
  const parents = lineage(type).flatMap((each) => types.of(each)?.extends ?? []);
  return parents.find((parent) => !isReadable(types, parent));
}

function isReadable(types: Types, type: TypeData): boolean {
  if (typeof type !== 'object') return false;
  if ('object' in type || classOf(types, type) !== undefined) return true;
  const definition = 'ref' in type ? types.definition(type.to ?? type.ref) : undefined;
  if (definition?.kind === 'type') return isReadable(types, definition.t);
  return (
    definition?.kind === 'class' &&
    (definition.extends ?? []).every((parent) => isReadable(types, parent))
  );
}

function classOf(types: Types, type: TypeData): Class | undefined {
  return typeof type === 'object' && 'ref' in type ? types.classOf(type.ref) : undefined;
}

/** A class and those it extends, the root first. */
export function lineage(type: Class): Class[] {
  const classes: Class[] = [];
  for (let at = type; isClass(at); at = Object.getPrototypeOf(at) as Class) classes.unshift(at);
  return classes.filter((each) => each !== Object);
}

/** Not what all functions are made of, of which each realm has its own. */
function isClass(value: unknown): value is Class {
  return typeof value === 'function' && value.prototype !== undefined;
}
