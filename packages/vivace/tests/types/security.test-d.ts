import { createPublicKey } from 'node:crypto';
import { Controller, Depends, Get, dependency, type Provided } from 'vivace';
import {
  APIKeyHeader,
  HTTPBasic,
  HTTPBearer,
  OAuth2PasswordBearer,
  Public,
  anyOf,
  signToken,
  verifyToken,
  type HTTPCredentials,
} from 'vivace/security';
import { Settings, loadSettings } from 'vivace/settings';

const oauth2 = new OAuth2PasswordBearer({ tokenUrl: 'token' });
const basic = new HTTPBasic({ optional: true });
const bearer = new HTTPBearer();
const either = anyOf({ token: oauth2, key: new APIKeyHeader({ key: 'X-Key', optional: true }) });

// Which credentials were given is known from the key that is there.
export const caller = dependency({ by: either, basic }, ({ by, basic }) => {
  const name: string | undefined = basic?.username;
  const given: string = by.token !== undefined ? by.token : by.key;
  return [name, given];
});
export const credentials: Provided<typeof bearer> = {
  scheme: 'Bearer',
  credentials: 'x',
} satisfies HTTPCredentials;

@Controller()
export class Accounts {
  @Public()
  @Get('/')
  // @ts-expect-error an optional scheme may give undefined
  read(@Depends(basic) credentials: { username: string }) {
    return credentials;
  }
}
// @ts-expect-error @Public() stands on operations
@Public()
export class Open {}

export const tokens = async (): Promise<void> => {
  const key = createPublicKey('');
  const claims = await verifyToken('', 'key');
  const sub: string | undefined = claims?.sub;
  await verifyToken('', key, { algorithms: ['RS256'] });
  await verifyToken('', new URL('https://login.example'), {
    algorithms: ['ES256'],
    audience: sub ?? '',
  });
  // @ts-expect-error with a public key the algorithms have to be named
  await verifyToken('', key);
  // @ts-expect-error an HMAC takes a text
  await verifyToken('', key, { algorithms: ['HS256'] });
  // @ts-expect-error a token ends
  await signToken({ sub: 'ann' }, 'key', {});
  // @ts-expect-error a token speaks of somebody
  await signToken({}, 'key', { seconds: 60 });
  // @ts-expect-error a private key has an algorithm
  await signToken({ sub: 'ann' }, key, { seconds: 60 });
};

@Settings()
class Shop {
  constructor(readonly name: string = '') {}
}
export const name: string = loadSettings(Shop).name;
// @ts-expect-error settings are made without arguments
@Settings()
export class Needy {
  constructor(readonly name: string) {}
}
