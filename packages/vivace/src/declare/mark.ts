import { BootError } from '../errors/boot-error';
import type { Dependency } from './provided';
import { carry, type InputFacts, type UseFacts } from './value-facts';
import { callSite } from './call-site';
import { classOf, declare, type FieldFacts, type MarkFacts } from './class-facts';
import { present } from './present';
import { Placement } from './placement';

/** A decorator of a parameter or property that accepts a `T`; also an entry of `dependency()`. */
export interface Input<T> extends Dependency<T> {
  <
    C extends object,
    K extends string | symbol | undefined,
    I extends number | undefined = undefined,
  >(
    target: [T] extends [Slot<C, K, I>]
      ? C
      : 'the declared type does not accept the value given here',
    key: K,
    index?: I,
  ): void;
}

/** The declared type of what is decorated: parameter `I` of method `K`, of the constructor, or property `K`. */
export type Slot<C, K, I> = I extends number
  ? K extends keyof C
    ? C[K] extends (...args: infer A) => unknown
      ? A[I]
      : unknown
    : C extends abstract new (...args: infer A) => unknown
      ? A[I]
      : unknown
  : K extends keyof C
    ? C[K]
    : unknown;

/** A decorator of parameters and properties that stands for an input or a use. */
export function mark<T>(
  facts: InputFacts | UseFacts,
  placement: Placement,
  factory: Function,
): Input<T> {
  const at = callSite(factory);
  const decorate = (target: object, key: string | symbol | undefined, index?: number): void => {
    const type = classOf(target);
    const isProperty = key !== undefined && index === undefined;
    // How a dependency is injected instead is said below.
    if (facts.kind === 'input' || !isProperty || typeof target === 'function')
      placement.check([target, key, index], at);
    if (typeof index !== 'number') {
      declare(type, { fields: [fieldOf(facts, String(key), type.name)] });
      return;
    }
    const written: MarkFacts = {
      method: key === undefined ? undefined : String(key),
      index,
      mark: facts,
    };
    declare(type, { marks: [Object.freeze(written)] });
  };
  return carry(decorate, facts);
}

/** The properties of a DTO are read together, so a mark only says more about one of them. */
function fieldOf(facts: InputFacts | UseFacts, key: string, type: string): FieldFacts {
  if (facts.kind === 'use') {
    throw new BootError(
      'PROPERTY_INJECTED',
      { type, member: key },
      'Properties are not injected.',
      `constructor(@Depends(…) readonly ${key}: …) {}, since a constructor says what a class needs`,
    );
  }
  const { alias, source, type: value, options } = facts;
  return Object.freeze({
    ...options,
    ...present({ alias, type: value }),
    source,
    key,
    accessor: false,
  });
}
