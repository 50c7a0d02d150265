import { callSite } from './call-site';
import { classOf, declare } from './class-facts';
import { Placement } from './placement';

const placement = new Placement('Public', ['a method'], '`@Public() read() { … }`');

/**
 * Lets everybody call an operation: the guards of the application, of `include` and of the controller
 * do not run for it.
 *
 * Guards are security schemes, dependencies that need one, and `Security(…)`. Other dependencies still
 * run, and so do those of the operation itself.
 *
 * @example
 * @Public() @Post('/token') login(@Form() form: OAuth2PasswordRequestForm) {}
 */
export function Public(): (
  target: object,
  key: string | symbol,
  descriptor: PropertyDescriptor,
) => void {
  placement.checkCalled(arguments, Public);
  const at = callSite(Public);
  return (target, key, descriptor) => {
    placement.check([target, key, descriptor], at);
    declare(classOf(target), { publics: [String(key)] });
  };
}
