import type { Class } from './class';
import { declare } from './class-facts';
import type { Lifetime } from './options/dependency-options';
import { callSite } from './call-site';

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
  const where = callSite(Injectable);
  return (target) =>
    declare(target, {
      injectable: Object.freeze({ lifetime: options.lifetime ?? 'request' }),
      where,
    });
}
