import type { Class } from './class';
import { carry } from './value-facts';
import type { Substitute } from './provided';

/**
 * Says which class, dependency or function stands for a class.
 *
 * @example
 * new Vivace({ provide: [provide(Mailer, Smtp)] })
 */
export function provide<T>(target: Class<T>, by: Substitute<NoInfer<T>>): Provision {
  return carry({}, { kind: 'provision', target, by });
}

/** Which class, dependency or function stands for a class; made by `provide`. */
export interface Provision {
  readonly [provides]: true;
}
/** A substitute for a dependency, class or scheme, made by `override`. */
export interface Override {
  readonly [overrides]: true;
}
declare const provides: unique symbol;
declare const overrides: unique symbol;
