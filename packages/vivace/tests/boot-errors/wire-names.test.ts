import { Controller, Cookie, Field, Get, Header, Model, Vivace, dependency } from 'vivace';
import type { Dependency, VivaceOptions } from 'vivace';
import { processTime, requestId, sessions } from 'vivace/middleware';
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
  OpenIdConnect,
  SecurityScheme,
} from 'vivace/security';
import { testClient } from 'vivace/testing';

type Responses = NonNullable<VivaceOptions['responses']>;

class OwnScheme extends SecurityScheme<string> {
  constructor(challenge: string, realm = 'own') {
    const document = { type: 'http', scheme: 'own' };
    super({ realm }, { document, challenge, find: () => undefined });
  }
}

const NO_HEADERS = ['', 'X Key', 'x-key:', 'x\n', 'größe', 'a,b', 'a;b'];
const NO_COOKIES = ['', 'a;b', 'a=b', ' a', 'a ', 'a\n', 'a\0', 'ключ'];
const NO_TEXTS = ['a\nb', 'a\r\nset-cookie: a=b', 'a\0', 'ключ', '\u2028', '\ud800'];
const HEADERS = ['X-Key', 'x_key', '1', "!#$%&'*+-.^_`|~"];
const COOKIES = ['key', 'user[id]', '__Host-key', 'a b', 'a,b', 'ä'];
const TEXTS = ['the "simple" one', 'back\\slash', 'naïve', '', 'a\tb'];

const WITH_REALM: Readonly<Record<string, (realm: string) => SecurityScheme<unknown>>> = {
  APIKeyHeader: (realm) => new APIKeyHeader({ key: 'key', realm }),
  APIKeyQuery: (realm) => new APIKeyQuery({ key: 'key', realm }),
  APIKeyCookie: (realm) => new APIKeyCookie({ key: 'key', realm }),
  HTTPBase: (realm) => new HTTPBase({ scheme: 'Hawk', realm }),
  HTTPBasic: (realm) => new HTTPBasic({ realm }),
  HTTPBearer: (realm) => new HTTPBearer({ realm }),
  HTTPDigest: (realm) => new HTTPDigest({ realm }),
  OAuth2: (realm) => new OAuth2({ flows: {}, realm }),
  OAuth2PasswordBearer: (realm) => new OAuth2PasswordBearer({ tokenUrl: 't', realm }),
  OAuth2AuthorizationCodeBearer: (realm) =>
    new OAuth2AuthorizationCodeBearer({ authorizationUrl: 'a', tokenUrl: 't', realm }),
  OpenIdConnect: (realm) => new OpenIdConnect({ url: 'u', realm }),
  OwnScheme: (realm) => new OwnScheme('Own', realm),
};

describe.each(Object.entries(WITH_REALM))('a realm of %s', (name, make) => {
  it.each(NO_TEXTS)('is refused where no answer could carry it: %j', (realm) => {
    expect(() => make(realm)).toThrow(`[HEADER_TEXT] new ${name}(realm) (`);
    expect(() => make(realm)).toThrow('wire-names.test.ts:');
  });

  it.each(TEXTS)('is sent as a quoted text: %j', async (realm) => {
    const answer = await answerOf(make(realm));
    expect(answer.status).toBe(401);
    const quoted = /realm="(.*)"$/.exec(answer.headers.get('www-authenticate')!)![1]!;
    expect(quoted.replaceAll(/\\(.)/g, '$1')).toBe(realm);
  });
});

describe('a security scheme', () => {
  it.each(NO_HEADERS)('reads no header that cannot be sent: %j', (key) => {
    expect(() => new APIKeyHeader({ key })).toThrow('[WIRE_NAME] new APIKeyHeader(key) (');
  });
  it.each(NO_COOKIES)('reads no cookie that cannot be sent: %j', (key) => {
    expect(() => new APIKeyCookie({ key })).toThrow('[WIRE_NAME] new APIKeyCookie(key) (');
  });
  it('reads no query parameter without a name', () => {
    expect(() => new APIKeyQuery({ key: '' })).toThrow('[WIRE_NAME] new APIKeyQuery(key) (');
    expect(() => new APIKeyQuery({ key: 'a b&=ключ' })).not.toThrow();
  });
  it.each(['', 'my scheme', 'a\n', 'ключ'])('of HTTP is not called %j', (scheme) => {
    expect(() => new HTTPBase({ scheme })).toThrow('[WIRE_NAME] new HTTPBase(scheme) (');
  });
  it.each(NO_TEXTS)('has no challenge that cannot be sent: %j', (text) => {
    const key = { key: 'key', prefix: text };
    expect(() => new APIKeyHeader(key)).toThrow('[HEADER_TEXT] new APIKeyHeader(prefix) (');
    expect(() => new OwnScheme(text)).toThrow('[HEADER_TEXT] new OwnScheme(challenge) (');
  });
  it('reads all that can be sent', () => {
    for (const key of HEADERS) expect(() => new APIKeyHeader({ key })).not.toThrow();
    for (const key of COOKIES) expect(() => new APIKeyCookie({ key })).not.toThrow();
  });
});

class Odd {
  @Field({ alias: 'a;b c' }) odd = '';
}
class Umlaut {
  größe = '';
}
@Model({ alias: (field) => `${field}:` })
class Generated {
  name = '';
}
class Fitting {
  userAgent = '';
  @Field({ alias: 'x_key' }) key = '';
}

describe('an input', () => {
  it.each(NO_HEADERS)('is no header that cannot be sent: %j', async (alias) => {
    expect(await bootOf(Header(String, { alias }))).toMatch(
      /^\[WIRE_NAME\] dependency\(value\) \(/,
    );
  });
  it.each(NO_COOKIES)('is no cookie that cannot be sent: %j', async (alias) => {
    expect(await bootOf(Cookie(String, { alias }))).toMatch(
      /^\[WIRE_NAME\] dependency\(value\) \(/,
    );
  });
  it.each([Odd, Umlaut, Generated])('has no field that no header can be: %p', async (type) => {
    expect(await bootOf(Header(type))).toContain('[WIRE_NAME]');
  });
  it('has no field that no cookie can be', async () => {
    expect(await bootOf(Cookie(Odd))).toContain('[WIRE_NAME]');
    expect(await bootOf(Cookie(Umlaut))).toBe('');
  });
  it('is all that can be sent', async () => {
    for (const alias of HEADERS) expect(await bootOf(Header(String, { alias }))).toBe('');
    for (const alias of COOKIES) expect(await bootOf(Cookie(String, { alias }))).toBe('');
    expect(await bootOf(Header(Fitting))).toBe('');
    expect(await bootOf(Cookie(Fitting))).toBe('');
  });
});

describe('middleware', () => {
  it.each(NO_HEADERS)('has no header that cannot be sent: %j', (header) => {
    expect(() => requestId({ header })).toThrow('[WIRE_NAME] requestId(header) (');
    expect(() => processTime({ header })).toThrow('[WIRE_NAME] processTime(header) (');
  });
  it.each([...NO_COOKIES, 'a b', 'ä'])(
    'keeps sessions in no cookie that cannot be set: %j',
    (cookie) => {
      const secret = 'x'.repeat(32);
      expect(() => sessions({ secret, cookie })).toThrow('[WIRE_NAME] sessions(cookie) (');
    },
  );
});

describe('a header of a documented response', () => {
  const declared = (name: string) =>
    bootOf(Header(String, { alias: 'a' }), { 200: { headers: { [name]: { schema: {} } } } });
  it.each(NO_HEADERS)('has a name that can be sent, unlike %j', async (name) => {
    expect(await declared(name)).toContain('[WIRE_NAME] Names.run');
  });
  it.each(HEADERS)('may be called %j', async (name) => {
    expect(await declared(name)).toBe('');
  });
});

function controllerOf(value: Dependency<unknown>, responses: Responses = {}) {
  @Controller('/names')
  class Names {
    @Get('/', { responses, dependencies: [dependency({ value }, () => undefined)] })
    run(): string {
      return 'ran';
    }
  }
  return Names;
}

async function answerOf(value: Dependency<unknown>) {
  await using client = await testClient(new Vivace({ controllers: [controllerOf(value)] }));
  return client.get('/names');
}

/** The message of an application with one operation that needs the value; empty if it is built. */
async function bootOf(value: Dependency<unknown>, responses?: Responses): Promise<string> {
  try {
    const app = new Vivace({ controllers: [controllerOf(value, responses)] });
    await (await app.build()).close();
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}
