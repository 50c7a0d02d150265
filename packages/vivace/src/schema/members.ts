import type { ClassDefinition, MemberData, Reference, TypeData } from '../reflect/type-data';
import type { Types } from '../reflect/types';
import { bind, substitute } from './generics';
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
  const extended = definition?.extends?.find(
    (parent) => typeof parent === 'object' && 'ref' in parent && types.classOf(parent.ref) === base,
  );
  const parent = extended === undefined ? undefined : (substitute(extended, generics) as Reference);
  const members = new Map<string, MemberData>(
    base === Function.prototype ? [] : membersOf(types, base, parent?.args, parent?.to),
  );
  const own = Object.entries(definition?.props ?? {});
  for (const [name, member] of [
    ...shapesOf(definition).filter(([name]) => !members.has(name)),
    ...own,
  ])
    members.set(name, { ...member, t: substitute(member.t, generics) });
  return members;
}

/** The members of what a class extends that has no name of its own, `extends WithId(Plain)`, which the classes below it may know better. */
function shapesOf(definition: ClassDefinition | undefined): [string, MemberData][] {
  return (definition?.extends ?? []).flatMap((parent) =>
    typeof parent === 'object' && 'object' in parent ? Object.entries(parent.object) : [],
  );
}

/** A class and those it extends, the root first. */
export function lineage(type: Class): Class[] {
  const classes: Class[] = [];
  for (
    let at = type;
    typeof at === 'function' && at !== Function.prototype;
    at = Object.getPrototypeOf(at) as Class
  )
    classes.unshift(at);
  return classes.filter((each) => each !== Object);
}
