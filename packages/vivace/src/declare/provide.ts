import type { Class } from './class';
import { carry } from './value-facts';
import type { Dependency, Substitute } from './provided';

/**
 * Says which class, dependency or function stands for a class.
 *
 * @param options.singletons what stands for it where a singleton needs it, if `by` lives for one request
 * @example
 * new Vivace({ provide: [provide(Mailer, Smtp)] })
 */
export function provide<T>(
  target: Class<T>,
  by: Substitute<NoInfer<T>>,
  options: { readonly singletons?: Dependency<NoInfer<T>> } = {},
): Provision {
  return carry({}, { kind: 'provision', target, by, ...options });
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
