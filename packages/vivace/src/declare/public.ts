import { classOf, declare } from './declarations';

/**
 * Lets everybody call an operation: what the application, `include` or the controller guard with `dependencies` is lifted for it.
 *
 * Guards are schemes, dependencies that need one, and what stands in `Security(…)`; all other dependencies still run, and so do those
 * of the operation itself.
 *
 * @example
 * @Public() @Post('/token') login(@Form() form: OAuth2PasswordRequestForm) {}
 */
export function Public(): (
  target: object,
  key: string | symbol,
  descriptor: PropertyDescriptor,
) => void {
  return (target, key) => declare(classOf(target), { publics: [String(key)] });
}
