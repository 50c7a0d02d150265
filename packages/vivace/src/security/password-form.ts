import { Field } from '../declare/field';
import { oneOf } from '../declare/types';

/**
 * The form of a login with a password: marked `@Form()`.
 *
 * @example
 * @Post('/token') login(@Form() form: OAuth2PasswordRequestForm) {}
 */
export class OAuth2PasswordRequestForm {
  @Field({ type: oneOf(String, null), pattern: /^password$/ }) grant_type: 'password' | null = null;
  username!: string;
  @Field({ schemaExtra: { format: 'password' } }) password!: string;
  scope: string = '';
  client_id: string | null = null;
  @Field({ schemaExtra: { format: 'password' } }) client_secret: string | null = null;

  /** The parts of `scope`. */
  get scopes(): readonly string[] {
    return this.scope.split(' ').filter((scope) => scope !== '');
  }
}
