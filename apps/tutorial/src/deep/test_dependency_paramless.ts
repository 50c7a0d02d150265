import {
  Controller,
  Get,
  HTTPException,
  Security,
  SecurityScopes,
  Vivace,
  dependency,
  type Provided,
} from 'vivace';
import { OAuth2PasswordBearer } from 'vivace/security';

const oauth2_scheme = new OAuth2PasswordBearer({ tokenUrl: 'token' });

const process_auth = dependency(
  { credentials: oauth2_scheme, required: SecurityScopes },
  ({ credentials, required }) => {
    const scopes = [...required.scopes];
    if (!scopes.includes('a') || !scopes.includes('b'))
      throw new HTTPException(401, 'a or b not in scopes');
    return { token: credentials, scopes };
  },
);
type Auth = Provided<typeof process_auth>;

const WithScopes = Security(process_auth, ['a', 'b']);

@Controller()
class Routes {
  @Get('/get-credentials')
  get_credentials(@WithScopes credentials: Auth) {
    return credentials;
  }

  @Get('/parameterless-with-scopes', { dependencies: [WithScopes] })
  get_parameterless_with_scopes() {
    return { status: 'ok' };
  }

  @Get('/parameterless-without-scopes', { dependencies: [Security(process_auth)] })
  get_parameterless_without_scopes() {
    return { status: 'ok' };
  }
}

export const app = new Vivace({ controllers: [Routes] });
