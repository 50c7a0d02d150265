import { carry } from '../declare/value-facts';
import type { Dependency, Needs, Substitute } from '../declare/provided';
import type { Override } from '../declare/provide';
import type { Class } from '../declare/class';

/** What may stand for a dependency, or for the public members of a class. */
export type Replacement<D> =
  D extends Dependency<infer T>
    ? Substitute<T>
    : D extends Class<infer T>
      ? Substitute<T extends object ? Pick<T, keyof T> : T>
      : never;

/**
 * Replaces a dependency, a class or a scheme in one build of the application; the types have to agree.
 *
 * @param target what the application uses
 * @param by a dependency, a class, or a function that gives the value; of a generator the yielded value counts
 * @example await testClient(app, { overrides: [override(currentUser, () => new User('ann'))] });
 */
export function override<D extends Needs>(target: D, by: Replacement<D>): Override {
  return carry({}, { kind: 'override', target, by });
}
