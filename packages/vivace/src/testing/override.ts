import { carry } from '../declare/declarations';
import type { Dependency } from '../declare/provided';
import type { Override } from '../declare/provide';
import type { Class } from '../declare/class';

export type Target = Dependency<unknown> | Class<unknown>;
/** What may stand for a dependency, or for the public members of a class. */
export type Replacement<D> =
  D extends Dependency<infer T>
    ? By<T>
    : D extends Class<infer T>
      ? By<T extends object ? Pick<T, keyof T> : T>
      : never;
type By<T> =
  | Dependency<T>
  | Class<T>
  | (() => T | Promise<T> | Generator<T, unknown, unknown> | AsyncGenerator<T, unknown, unknown>);

/**
 * Replaces a dependency, a class or a scheme in one build of the application; the types have to agree.
 *
 * @param target what the application uses
 * @param by a dependency, a class, or a function that gives the value; of a generator the yielded value counts
 * @example await testClient(app, { overrides: [override(currentUser, () => new User('ann'))] });
 */
export function override<D extends Target>(target: D, by: Replacement<D>): Override {
  return carry({}, { kind: 'override', target, by }) as Override;
}
