import type { Class } from '../declare/class';
import type { ForeignData } from '../reflect/type-data';
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
