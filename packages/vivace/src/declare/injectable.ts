import type { Class } from '../schema/schema';
import { declare } from './declarations';
import type { Lifetime } from './dependency';
import { placeOfCall } from './place';

/**
 * Lets a class be injected by its type; its own constructor is injected too.
 *
 * @example
 * @Injectable({ lifetime: 'singleton' })
 * class Mailer { constructor(private readonly settings: MailSettings) {} }
 */
export function Injectable(options: { lifetime?: Lifetime } = {}): (target: Class) => void {
  const where = placeOfCall(Injectable);
  return (target) =>
    declare(target, {
      injectable: Object.freeze({ lifetime: options.lifetime ?? 'request' }),
      where,
    });
}
