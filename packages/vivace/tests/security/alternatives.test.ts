import { Controller, Depends, Get, Vivace, WebSocket, WebSocketRoute, dependency } from 'vivace';
import {
  APIKeyCookie,
  APIKeyHeader,
  APIKeyQuery,
  HTTPBasic,
  HTTPBearer,
  OAuth2PasswordBearer,
  anyOf,
} from 'vivace/security';
import { override, testClient } from 'vivace/testing';

const oauth2 = new OAuth2PasswordBearer({ tokenUrl: 'token' });
const key = new APIKeyHeader({ key: 'X-Key' });
const basic = new HTTPBasic({ realm: 'shop' });
const either = anyOf({ token: oauth2, key });
const caller = dependency({ by: either }, ({ by }) =>
  by.token !== undefined ? `token ${by.token}` : `key ${by.key}`,
);
const withBearer = { headers: { authorization: 'Bearer t' } };
const withKey = { headers: { 'x-key': 'k' } };

@Controller()
class Shop {
  @Get('/both')
  both(@Depends(oauth2) token: string, @Depends(key) key: string) {
    return [token, key];
  }
  @Get('/either')
  either(@Depends(caller) caller: string) {
    return caller;
  }
  @Get('/with')
  with(
    @Depends(caller) caller: string,
    @Depends(new APIKeyCookie({ key: 'visitor' })) visitor: string,
  ) {
    return [caller, visitor];
  }
  @Get('/optional')
  optional(
    @Depends(new HTTPBearer({ optional: true })) bearer: unknown,
    @Depends(new APIKeyQuery({ key: 'key', optional: true })) key: string | undefined,
  ) {
    return [bearer ?? null, key ?? null];
  }
  @Get('/alone')
  alone(@Depends(new HTTPBearer({ optional: true })) bearer: unknown) {
    return bearer ?? null;
  }
  @Get('/more')
  more(
    @Depends(oauth2) token: string,
    @Depends(new APIKeyQuery({ key: 'key', optional: true })) key: string | undefined,
  ) {
    return [token, key ?? null];
  }
  @Get('/basic')
  basic(@Depends(anyOf({ basic, token: oauth2 })) by: object) {
    return by;
  }
  @WebSocketRoute('/ws')
  async ws(@Depends(caller) caller: string, socket: WebSocket) {
    await socket.send(caller);
  }
}
const app = new Vivace({ controllers: [Shop] });

describe('several schemes', () => {
  test('are needed together', async () => {
    await using client = await testClient(app);
    expect((await client.get('/both', withBearer)).headers.get('www-authenticate')).toBe('APIKey');
    expect((await client.get('/both', withKey)).headers.get('www-authenticate')).toBe('Bearer');
    expect(
      (
        await client.get('/both', { headers: { ...withBearer.headers, ...withKey.headers } })
      ).json(),
    ).toEqual(['t', 'k']);
  });

  test('that are optional leave the choice to the program', async () => {
    await using client = await testClient(app);
    expect((await client.get('/optional')).json()).toEqual([null, null]);
    expect((await client.get('/optional', { params: { key: 'k' } })).json()).toEqual([null, 'k']);
  });
});

describe('anyOf', () => {
  test('gives the credentials of the first scheme that the request brings, under its key', async () => {
    await using client = await testClient(app);
    expect((await client.get('/either', withBearer)).json()).toBe('token t');
    expect((await client.get('/either', withKey)).json()).toBe('key k');
    expect(
      (
        await client.get('/either', { headers: { ...withBearer.headers, ...withKey.headers } })
      ).json(),
    ).toBe('token t');
  });

  test('answers 401 with the challenges of all', async () => {
    await using client = await testClient(app);
    const refused = await client.get('/either');
    expect([refused.status, refused.json(), refused.headers.get('www-authenticate')]).toEqual([
      401,
      { detail: 'Not authenticated' },
      'Bearer, APIKey',
    ]);
    expect((await client.get('/basic')).headers.get('www-authenticate')).toBe(
      'Basic realm="shop", Bearer',
    );
  });

  test('does not go on where credentials cannot be read', async () => {
    await using client = await testClient(app);
    const refused = await client.get('/basic', { headers: { authorization: 'Basic ???' } });
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([
      401,
      'Basic realm="shop"',
    ]);
  });

  test('serves a WebSocket', async () => {
    await using client = await testClient(app);
    await using socket = await client.websocket('/ws', withKey);
    expect(await socket.receive()).toBe('key k');
    await expect(client.websocket('/ws')).rejects.toThrow('refused with 401');
  });

  test('is substituted like a dependency', async () => {
    await using client = await testClient(app, {
      overrides: [override(either, () => ({ key: 'fake' }))],
    });
    expect((await client.get('/either')).json()).toBe('key fake');
  });
});

test('the document says the same: together in one requirement, alternatives one after the other', async () => {
  const { paths, components } = await app.openapi();
  const security = Object.fromEntries(
    Object.entries(paths).map(([path, item]) => [
      path,
      (item['get'] as { security: unknown }).security,
    ]),
  );
  expect(security).toEqual({
    '/both': [{ OAuth2PasswordBearer: [], APIKeyHeader: [] }],
    '/either': [{ OAuth2PasswordBearer: [] }, { APIKeyHeader: [] }],
    '/with': [
      { OAuth2PasswordBearer: [], APIKeyCookie: [] },
      { APIKeyHeader: [], APIKeyCookie: [] },
    ],
    '/optional': [{ HTTPBearer: [] }, { APIKeyQuery: [] }],
    '/alone': [{ HTTPBearer: [] }],
    '/more': [{ OAuth2PasswordBearer: [] }, { OAuth2PasswordBearer: [], APIKeyQuery: [] }],
    '/basic': [{ HTTPBasic: [] }, { OAuth2PasswordBearer: [] }],
  });
  expect(Object.keys(components?.securitySchemes ?? {}).toSorted()).toEqual([
    'APIKeyCookie',
    'APIKeyHeader',
    'APIKeyQuery',
    'HTTPBasic',
    'HTTPBearer',
    'OAuth2PasswordBearer',
  ]);
});

test('the routes name alternatives', async () => {
  expect((await app.routes()).map(({ path, security }) => [path, security])).toContainEqual([
    '/either',
    ['OAuth2PasswordBearer | APIKeyHeader'],
  ]);
});

test('one scheme that is optional may be left out in the document, if it is to say so', async () => {
  const { paths } = await new Vivace({
    controllers: [Shop],
    docs: { optionalSecurity: true },
  }).openapi();
  const security = (path: string) => (paths[path] as { get: { security: object[] } }).get.security;
  expect(security('/alone')).toEqual([{ HTTPBearer: [] }, {}]);
  expect(security('/optional')).toEqual([{ HTTPBearer: [] }, { APIKeyQuery: [] }]);
  expect(security('/more')).toHaveLength(2);
});
