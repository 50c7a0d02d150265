import type { Class } from './class';
import { carry } from './declarations';
import type { Dependency } from './provided';

/**
 * Says which class, dependency or function stands for a class.
 *
 * @example
 * new Vivace({ provide: [provide(Mailer, Smtp)] })
 */
export function provide<T>(target: Class<T>, by: Substitute<NoInfer<T>>): Provision {
  return carry({}, { kind: 'provision', target: target as Class, by }) as Provision;
}

/** Which class, dependency or function stands for a class; made by `provide`. */
export interface Provision {
  readonly [provides]: true;
}
/** A substitute for a dependency, class or scheme, made by `override`. */
export interface Override {
  readonly [overrides]: true;
}
/**
 * What may stand for a class: another class, a dependency, or a function that gives an instance.
 */
export type Substitute<T> =
  | Class<T>
  | Dependency<T>
  | (() => T | Promise<T> | Generator<T, unknown, unknown> | AsyncGenerator<T, unknown, unknown>);

declare const provides: unique symbol;
declare const overrides: unique symbol;
