import { CompiledTypes } from './compiled-types';
import { designOfParameters, designOfProperty } from './design';
import { type Announced, announcedClasses } from './registry';
import type { Types } from './types';

/**
 * What is known of the types of the running program.
 *
 * @param options.mode `required` reads what the compiler wrote; `decorators` leaves it alone
 * @throws BootError if types are required and are missing or older than the program
 */
export function loadTypes(options: { readonly mode: 'required' | 'decorators' }): Types {
  return options.mode === 'decorators' ? decorated : compiledTypes(announcedClasses());
}

const joined = new WeakMap<readonly Announced[], CompiledTypes>();

/** The same for every application of a process. Where it fails, the next call begins anew: the types may have been written since. */
function compiledTypes(announced: readonly Announced[]): CompiledTypes {
  const known = joined.get(announced);
  joined.delete(announced);
  const types = known ?? new CompiledTypes(announced);
  types.join();
  joined.set(announced, types);
  return types;
}

class DecoratedTypes implements Types {
  readonly mode = 'decorators';
  readonly definitions = 0;
  readonly designOfProperty = designOfProperty;
  readonly designOfParameters = designOfParameters;

  idOf(): undefined {}
  classOf(): undefined {}
  definition(): undefined {}
  of(): undefined {}
  exportOf(): undefined {}
  place(): Record<string, never> {
    return {};
  }
}

const decorated = new DecoratedTypes();
