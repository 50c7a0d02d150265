import { Injectable } from '../declare/injectable';
import { Form } from '../declare/input';
import { oneOf } from '../declare/types';

/**
 * The form of a login with a password: marked `@Form()`; its fields are documented flat.
 *
 * @example
 * @Post('/token') login(@Form() form: OAuth2PasswordRequestForm) {}
 */
@Injectable()
export class OAuth2PasswordRequestForm {
  readonly grant_type: 'password' | null;
  /** The parts of `scope`. */
  readonly scopes: readonly string[];

  constructor(
    @Form(oneOf(String, null), { pattern: /^password$/ }) grant_type: string | null = null,
    @Form() readonly username: string,
    @Form({ schemaExtra: { format: 'password' } }) readonly password: string,
    @Form() readonly scope: string = '',
    @Form() readonly client_id: string | null = null,
    @Form({ schemaExtra: { format: 'password' } }) readonly client_secret: string | null = null,
  ) {
    this.grant_type = grant_type as 'password' | null;
    this.scopes = scope.split(' ').filter((one) => one !== '');
  }
}
