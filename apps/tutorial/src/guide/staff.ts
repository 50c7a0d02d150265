import { Controller, Depends, Get, Vivace, dependency, type url } from 'vivace';
import { HTTPBearer, verifyToken } from 'vivace/security';
import { Settings } from 'vivace/settings';

@Settings({ prefix: 'LOGIN_' })
class LoginSettings {
  /** Where the provider of logins publishes its keys. */
  keys: url = 'https://login.example/.well-known/jwks.json';
}

const bearer = new HTTPBearer();

const employee = dependency(
  { token: bearer, settings: LoginSettings },
  async ({ token, settings }) => {
    const claims = await verifyToken(token.credentials, new URL(settings.keys), {
      algorithms: ['RS256'],
      issuer: 'https://login.example',
      audience: 'shop',
    });
    if (claims === undefined) throw bearer.reject('Could not validate credentials');
    return claims.sub;
  },
);

@Controller('/staff')
class Staff {
  @Get('/me')
  me(@Depends(employee) employee: string): string {
    return employee;
  }
}

export const app = new Vivace({ controllers: [Staff] });
