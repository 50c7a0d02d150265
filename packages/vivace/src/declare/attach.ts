import type { Class } from './class';
import { classOf, declarationOf, declare, type AttachedUse } from './class-facts';
import type { Needs, Provided } from './provided';

/**
 * Lets the container give each instance of a class something beside what its constructor takes: for
 * decorators of methods.
 *
 * @param target the class, or the prototype that a decorator of a method is given
 * @param check called before anything is opened, for each such class that an application uses
 * @example
 * attach(target, Cache);
 * descriptor.value = function (...given) { return attachedTo(this, Cache)… };
 */
export function attach(target: object, needs: Needs, check?: (use: AttachedUse) => void): void {
  declare(classOf(target), { attached: [Object.freeze({ needs, check })] });
}

const given = new WeakMap<object, ReadonlyMap<Needs, unknown>>();

/** What the container gave an instance; undefined for one that the program made itself. */
export function attachedTo<N extends Needs>(instance: object, needs: N): Provided<N> | undefined {
  return given.get(instance)?.get(needs) as Provided<N> | undefined;
}

/** What the instances of a class are given, also for methods that it inherits; each once. */
export function attachedNeeds(lineage: Iterable<Class>): readonly Needs[] {
  const all = [...lineage].flatMap((type) => declarationOf(type).attached);
  return [...new Set(all.map(({ needs }) => needs))];
}

const makers = new WeakMap<Class, Function>();

/** Stands for a class where it is made: takes what is attached after what the constructor takes. */
export function attaching(type: Class, taken: number, needs: readonly Needs[]): Function {
  const known = makers.get(type);
  if (known !== undefined) return known;
  const make = function (...values: unknown[]): object {
    const instance = Reflect.construct(type, values.slice(0, taken)) as object;
    given.set(instance, new Map(needs.map((one, index) => [one, values[taken + index]])));
    return instance;
  };
  makers.set(type, make);
  return make;
}
