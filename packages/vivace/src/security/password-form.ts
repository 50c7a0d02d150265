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

/**
 * The same form with a `grant_type` that must be there, as the standard says.
 *
 * @example
 * @Post('/token') login(@Form() form: OAuth2PasswordRequestFormStrict) {}
 */
@Injectable()
export class OAuth2PasswordRequestFormStrict extends OAuth2PasswordRequestForm {
  declare readonly grant_type: 'password';

  constructor(
    @Form({ pattern: /^password$/ }) grant_type: string,
    @Form() username: string,
    @Form() password: string,
    @Form() scope: string = '',
    @Form() client_id: string | null = null,
    @Form() client_secret: string | null = null,
  ) {
    super(grant_type, username, password, scope, client_id, client_secret);
  }
}
