import { callSite } from './call-site';
import type { Dependency } from './provided';
import { carry, factsOf } from './value-facts';

/** The value of a placeholder in one run; made by `given`. */
export interface Given {
  readonly [gives]: true;
}
declare const gives: unique symbol;

/**
 * Makes a dependency whose value is given with each run, such as a message or a job. Asked for
 * anywhere else, it is a boot error.
 *
 * @param name what messages call it
 * @example
 * const message = placeholder<Message>('message');
 * const handle = dependency({ message, orders: Orders }, ({ message, orders }) => orders.bill(message.id));
 * await host.run(handle, [given(message, received)]);
 */
export function placeholder<T>(name: string): Dependency<T> {
  return carry({}, { kind: 'placeholder', name, where: callSite(placeholder) });
}

/**
 * Gives a placeholder its value, for `host.run`.
 *
 * @throws TypeError for a dependency that is no placeholder
 * @example await host.run(handle, [given(message, received)]);
 */
export function given<T>(of: Dependency<T>, value: NoInfer<T>): Given {
  if (factsOf(of)?.kind !== 'placeholder')
    throw new TypeError('given(…) got something that is not made by placeholder(…).');
  return carry({}, { kind: 'given', of, value });
}
