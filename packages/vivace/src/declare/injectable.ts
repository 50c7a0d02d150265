import type { Class } from './class';
import { declarationOf, declare } from './class-facts';
import type { Lifetime } from './options/dependency-options';
import { callSite } from './call-site';
import { Placement } from './placement';

/**
 * The static member by which a class of a package says how long instances of the classes live that
 * extend it: they are injected by their type without a word of their own.
 *
 * @example
 * export abstract class Client { static readonly [lifetime] = 'singleton'; }
 */
export const lifetime: unique symbol = Symbol.for('vivace.lifetime') as never;

/** How long instances live; undefined for a class that nobody has said to be injected. */
export function declaredLifetime(type: Class): Lifetime | undefined {
  const inherited = (type as { readonly [lifetime]?: Lifetime })[lifetime];
  return inherited ?? declarationOf(type).injectable?.lifetime;
}

const placement = new Placement('Injectable', ['a class'], '`@Injectable() class Mailer { … }`');

/**
 * Lets a class be injected by its type. What its constructor asks for is injected too.
 *
 * @param options.lifetime how long an instance lives: one use, one request (the default), or as long as the server
 * @example
 * @Injectable({ lifetime: 'singleton' })
 * class Mailer { constructor(private readonly settings: MailSettings) {} }
 */
export function Injectable(
  options: { readonly lifetime?: Lifetime } = {},
): (target: Class) => void {
  placement.checkCalled(arguments, Injectable);
  const where = callSite(Injectable);
  return (...applied) => {
    placement.check(applied, where);
    const injectable = Object.freeze({ lifetime: options.lifetime ?? 'request' });
    declare(applied[0], { injectable, where });
  };
}
