import type { Class } from '../declare/class';
import type { ForeignData, TypeData } from '../reflect/type-data';
import type { Types } from '../reflect/types';

/** How a generic class of a library looks in JSON: as a list of its first argument, or as that argument itself. */
export type WireForm = 'list' | 'itself';

const forms = new Map<Class<unknown>, WireForm>();

/**
 * Says how a generic class of a library, whose own members are no data, looks in JSON: in bodies, answers and the document.
 *
 * @param type the class that the library exports
 * @param as `list` for what gives its items when it is gone through, `itself` for what is written as its first argument
 * @example
 * wire(Collection, 'list') // `heroes: Collection<Hero>` is a list of heroes
 */
export function wire(type: Class<unknown>, as: WireForm): void {
  forms.set(type, as);
}

/** The form of a class that a type names. A library that exports another class under this name means that one. */
export function wireForm(types: Types, { foreign, module }: ForeignData): WireForm | undefined {
  const named = [...forms].filter(([{ name }]) => name === foreign);
  if (named.length === 0) return undefined;
  const exported = types.exportOf(module, foreign) as Class<unknown> | undefined;
  return exported === undefined ? named[0]?.[1] : forms.get(exported);
}

const hiding = new Set<string>();

/**
 * Says that a generic alias of a library marks fields that no answer and no document of one shows.
 * They may be sent.
 *
 * @param name the name of the alias
 * @param module the package that exports it
 * @example
 * wireHidden('Hidden', '@mikro-orm/core') // `password: Hidden<string>` never leaves
 */
export function wireHidden(name: string, module: string): void {
  hiding.add(`${module} ${name}`);
}

/** Whether a type is marked so, whatever else it may be. */
export function isHidden(type: TypeData | undefined): boolean {
  if (typeof type !== 'object') return false;
  if ('union' in type) return type.union.some(isHidden);
  if (!('foreign' in type)) return false;
  return hiding.has(`${type.module} ${type.foreign}`) || isHidden(type.of);
}
