import type { Class } from './class';
import { declare } from './class-facts';
import type { Lifetime } from './options/dependency-options';
import { callSite } from './call-site';
import { Placement } from './placement';

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
