import { Injectable } from '../declare/injectable';
import { Form } from '../declare/input';
import { oneOf } from '../declare/types';

/**
 * The form of a login with a password. Take it as a parameter with `@Form()`.
 *
 * @example
 * @Post('/token') login(@Form() form: OAuth2PasswordRequestForm) {}
 */
@Injectable()
export class OAuth2PasswordRequestForm {
  /** `password`, which clients may leave out. */
  readonly grant_type: 'password' | null;
  /** The scopes that the client asks for, one by one. */
  readonly scopes: readonly string[];

  /**
   * @param grant_type `password`, which clients may leave out
   * @param username the name of the user
   * @param password the password of the user
   * @param scope the scopes that the client asks for, separated by blanks
   * @param client_id the id of the client
   * @param client_secret the secret of the client
   */
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
 * The form of a login with a password whose `grant_type` is required, as the standard says.
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
