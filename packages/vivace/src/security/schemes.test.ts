import { factsOf, type CredentialSource } from '../declare/value-facts';
import { HTTPException } from '../errors/http-exception';
import {
  APIKeyCookie,
  APIKeyHeader,
  APIKeyQuery,
  HTTPBase,
  HTTPBasic,
  HTTPBearer,
  HTTPDigest,
  OAuth2,
  OAuth2AuthorizationCodeBearer,
  OAuth2PasswordBearer,
  OAuth2PasswordRequestForm,
  OAuth2PasswordRequestFormStrict,
  OpenIdConnect,
  sameSecret,
} from '../security';

function schemeOf(value: unknown) {
  const facts = factsOf(value);
  if (facts?.kind !== 'scheme') throw new Error('no scheme');
  return facts;
}
function read(
  scheme: unknown,
  { authorization, query = '', ...cookies }: Record<string, string> = {},
): unknown {
  const headers = new Headers(
    authorization === undefined ? {} : { authorization, 'x-key': authorization },
  );
  const request: CredentialSource = { headers, query: new URLSearchParams(query), cookies };
  try {
    return schemeOf(scheme).read(request);
  } catch (error) {
    if (!(error instanceof HTTPException)) throw error;
    return [error.status, error.detail, error.headers['WWW-Authenticate']];
  }
}
const refused = (challenge: string) => [401, 'Not authenticated', challenge];
const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

describe('credentials', () => {
  test.each([
    ['a bearer token', new HTTPBearer(), 'bearer abc', { scheme: 'bearer', credentials: 'abc' }],
    [
      'a bearer token with blanks',
      new HTTPBearer(),
      'Bearer  abc ',
      { scheme: 'Bearer', credentials: 'abc' },
    ],
    [
      'digest credentials',
      new HTTPDigest(),
      'Digest a=b',
      { scheme: 'Digest', credentials: 'a=b' },
    ],
    [
      'any other scheme',
      new HTTPBase({ scheme: 'Other' }),
      'Other foobar',
      { scheme: 'Other', credentials: 'foobar' },
    ],
    [
      'user and password',
      new HTTPBasic(),
      basic('john:se:cret'),
      { username: 'john', password: 'se:cret' },
    ],
    [
      'a token of the password flow',
      new OAuth2PasswordBearer({ tokenUrl: 'token' }),
      'Bearer abc',
      'abc',
    ],
    [
      'a token of the code flow',
      new OAuth2AuthorizationCodeBearer({ authorizationUrl: 'a', tokenUrl: 't' }),
      'Bearer abc',
      'abc',
    ],
    ['the header of any flow', new OAuth2({ flows: {} }), 'Other abc', 'Other abc'],
    ['the header of a provider', new OpenIdConnect({ url: '/openid' }), 'Other abc', 'Other abc'],
    ['a key in a header', new APIKeyHeader({ key: 'X-Key' }), 'abc', 'abc'],
  ])('%s is read', (_, scheme, authorization, credentials) => {
    expect(read(scheme, { authorization })).toEqual(credentials);
  });

  test('a key is read from query and cookies', () => {
    expect(read(new APIKeyQuery({ key: 'key' }), { query: 'key=a&key=b' })).toBe('b');
    expect(read(new APIKeyCookie({ key: 'key' }), { key: 'abc' })).toBe('abc');
  });
});

describe('without credentials', () => {
  test.each([
    [new HTTPBearer(), 'Bearer'],
    [new HTTPDigest(), 'Digest'],
    [new HTTPBase({ scheme: 'Other' }), 'Other'],
    [new HTTPBase({ scheme: 'HOBA-two' }), 'Hoba-Two'],
    [new HTTPBasic(), 'Basic'],
    [new HTTPBasic({ realm: 'the "simple" one' }), 'Basic realm="the \\"simple\\" one"'],
    [new OAuth2PasswordBearer({ tokenUrl: 'token' }), 'Bearer'],
    [new OAuth2({ flows: {} }), 'Bearer'],
    [new OpenIdConnect({ url: '/openid' }), 'Bearer'],
    [new APIKeyHeader({ key: 'X-Key' }), 'APIKey'],
    [new APIKeyQuery({ key: 'key' }), 'APIKey'],
    [new APIKeyCookie({ key: 'key' }), 'APIKey'],
  ])('a scheme answers 401 with its challenge', (scheme, challenge) => {
    expect(read(scheme)).toEqual(refused(challenge));
    expect(read(scheme, { authorization: '', query: 'key=', key: '' })).toEqual(refused(challenge));
  });

  test('an optional scheme gives undefined', () => {
    expect(read(new HTTPBearer({ optional: true }))).toBeUndefined();
    expect(read(new HTTPBasic({ optional: true }))).toBeUndefined();
    expect(read(new APIKeyQuery({ key: 'key', optional: true }))).toBeUndefined();
  });

  test.each(['Basic notreally', 'Bearer', 'Bearer ', 'abc'])(
    '`%s` is no bearer token',
    (authorization) => {
      expect(read(new HTTPBearer(), { authorization })).toEqual(refused('Bearer'));
      expect(
        read(new OAuth2PasswordBearer({ tokenUrl: 't', optional: true }), { authorization }),
      ).toBeUndefined();
    },
  );

  test.each([
    ['no base64', 'Basic notabase64token'],
    ['no colon', basic('johnsecret')],
    ['no ASCII', basic('jöhn:secret')],
    ['nothing', 'Basic '],
    ['not even a space', 'basic'],
  ])('%s is refused by HTTPBasic, even if it is optional', (_, authorization) => {
    expect(read(new HTTPBasic({ optional: true }), { authorization })).toEqual(refused('Basic'));
  });
});

describe('the document', () => {
  test.each([
    [
      new APIKeyCookie({ key: 'key' }),
      'APIKeyCookie',
      { type: 'apiKey', in: 'cookie', name: 'key' },
    ],
    [
      new HTTPBasic({ name: 'login', description: 'Who' }),
      'login',
      { type: 'http', description: 'Who', scheme: 'basic' },
    ],
    [
      new HTTPBearer({ bearerFormat: 'JWT' }),
      'HTTPBearer',
      { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
    ],
    [
      new OAuth2PasswordBearer({ tokenUrl: 't' }),
      'OAuth2PasswordBearer',
      { type: 'oauth2', flows: { password: { scopes: {}, tokenUrl: 't' } } },
    ],
    [
      new OAuth2AuthorizationCodeBearer({
        authorizationUrl: 'a',
        tokenUrl: 't',
        refreshUrl: 'r',
        scopes: { x: 'y' },
      }),
      'OAuth2AuthorizationCodeBearer',
      {
        type: 'oauth2',
        flows: {
          authorizationCode: {
            refreshUrl: 'r',
            scopes: { x: 'y' },
            authorizationUrl: 'a',
            tokenUrl: 't',
          },
        },
      },
    ],
    [
      new OpenIdConnect({ url: '/openid' }),
      'OpenIdConnect',
      { type: 'openIdConnect', openIdConnectUrl: '/openid' },
    ],
  ])(
    'has the name and the object of a scheme, in the order of FastAPI',
    (scheme, name, document) => {
      const facts = schemeOf(scheme);
      expect(facts.name).toBe(name);
      expect(JSON.stringify(facts.schemes)).toBe(JSON.stringify([{ name, document }]));
    },
  );
});

test('reject() makes a 401 with the challenge for a dependency to throw', () => {
  expect(new HTTPBasic({ realm: 'x' }).reject('wrong')).toMatchObject({
    status: 401,
    detail: 'wrong',
    headers: { 'WWW-Authenticate': 'Basic realm="x"' },
  });
});

test('the password form splits its scopes', () => {
  expect(new OAuth2PasswordRequestForm(null, 'ann', 'secret', ' a  b ').scopes).toEqual(['a', 'b']);
  expect(new OAuth2PasswordRequestForm('password', 'ann', 'secret')).toMatchObject({
    grant_type: 'password',
    scopes: [],
    client_id: null,
  });
  expect(new OAuth2PasswordRequestFormStrict('password', 'ann', 'secret', 'a')).toMatchObject({
    grant_type: 'password',
    scopes: ['a'],
  });
});

test('sameSecret compares texts of any length', () => {
  expect([
    sameSecret('a', 'a'),
    sameSecret('a', 'b'),
    sameSecret('a', 'aa'),
    sameSecret('', ''),
  ]).toEqual([true, false, false, true]);
});

describe('an API key with a prefix', () => {
  const token = new APIKeyHeader({ key: 'Authorization', prefix: 'Token' });

  test.each([
    ['Token abc', 'abc'],
    ['token  abc ', 'abc'],
    ['Token', refused('Token')],
    ['Token ', refused('Token')],
    ['Tokenabc', refused('Token')],
    ['Bearer abc', refused('Token')],
    ['abc', refused('Token')],
  ])('of %p is %p', (authorization, key) => {
    expect(read(token, { authorization })).toEqual(key);
  });

  it('is documented as a key, which a page can ask for', () => {
    expect(schemeOf(token).schemes[0]!.document).toEqual({
      type: 'apiKey',
      in: 'header',
      name: 'Authorization',
    });
  });
});
