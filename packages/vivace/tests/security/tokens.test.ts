import argon2 from '@node-rs/argon2';
import { createHmac } from 'node:crypto';
import { connect } from 'node:net';
import {
  Controller,
  Depends,
  Form,
  Get,
  HTTPException,
  Post,
  Secret,
  Security,
  SecurityScopes,
  Vivace,
  dependency,
  type Server,
} from 'vivace';
import { accessLog, requestId } from 'vivace/middleware';
import {
  APIKeyCookie,
  APIKeyQuery,
  OAuth2PasswordBearer,
  OAuth2PasswordRequestForm,
  anyOf,
  hashPassword,
  signToken,
  verifyPassword,
  verifyToken,
} from 'vivace/security';
import { Settings } from 'vivace/settings';
import { testClient, type TestClient } from 'vivace/testing';

const KEY = 'k'.repeat(40);

@Settings({ prefix: 'SHOP_' })
class ShopSettings {
  jwtKey!: Secret;
}
class Query {
  page: number = 1;
}

const oauth2 = new OAuth2PasswordBearer({ tokenUrl: 'login', scopes: { admin: 'Everything' } });
const currentUser = dependency(
  { token: oauth2, required: SecurityScopes, settings: ShopSettings },
  async ({ token, required, settings }) => {
    const claims = await verifyToken(token, settings.jwtKey.reveal(), {
      issuer: 'shop',
      audience: 'api',
    });
    if (claims === undefined) throw oauth2.reject('Could not validate credentials');
    const granted = String(claims['scope'] ?? '').split(' ');
    if (!required.scopes.every((scope) => granted.includes(scope)))
      throw new HTTPException(403, 'Not enough permissions');
    return claims.sub;
  },
);
const users: Readonly<Record<string, Promise<string> | undefined>> = {
  ann: hashPassword('correct horse'),
};

@Controller()
class Shop {
  constructor(private readonly settings: ShopSettings) {}
  @Post('/login')
  async login(@Form() form: OAuth2PasswordRequestForm) {
    const hash = Object.hasOwn(users, form.username) ? await users[form.username] : undefined;
    if (!(await verifyPassword(form.password, hash)))
      throw oauth2.reject('Incorrect username or password');
    const options = { seconds: 600, issuer: 'shop', audience: 'api' };
    return {
      access_token: await signToken({ sub: form.username }, this.settings.jwtKey.reveal(), options),
      token_type: 'bearer',
    };
  }
  @Get('/me')
  me(@Depends(currentUser) user: string, page: number = 1) {
    return { user, page };
  }
  @Get('/admin')
  admin(@Security(currentUser, ['admin']) user: string) {
    return user;
  }
}
const app = new Vivace({ controllers: [Shop] });

let client: TestClient;
beforeAll(async () => (client = await testClient(app, { env: { SHOP_JWT_KEY: KEY } })));
afterAll(() => client.close());

const encoded = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
const now = (): number => Math.floor(Date.now() / 1000);
const claims = (changes: object = {}): object => ({
  sub: 'ann',
  iss: 'shop',
  aud: 'api',
  exp: now() + 60,
  ...changes,
});
function token(header: unknown, payload: unknown, key = KEY): string {
  const signed = `${encoded(header)}.${encoded(payload)}`;
  return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
}
const good = (changes?: object): string => token({ alg: 'HS256' }, claims(changes));
const get = (authorization?: string, url = '/me') =>
  client.get(url, authorization === undefined ? {} : { headers: { authorization } });

async function log(form: { username: string; password: string }) {
  const answer = await client.post('/login', { form });
  return {
    status: answer.status,
    text: answer.text,
    challenge: answer.headers.get('www-authenticate'),
  };
}

test('A00: a token from the login opens', async () => {
  const answer = await client.post('/login', {
    form: { username: 'ann', password: 'correct horse' },
  });
  const { access_token, token_type } = answer.json<{ access_token: string; token_type: string }>();
  expect(token_type).toBe('bearer');
  expect((await get(`Bearer ${access_token}`)).json()).toEqual({ user: 'ann', page: 1 });
});

test('A18: the name of the scheme has no case', async () => {
  for (const scheme of ['Bearer', 'bearer', 'BEARER'])
    expect((await get(`${scheme} ${good()}`)).status).toBe(200);
});

const wrong = (header: unknown, payload: unknown, key?: string): string =>
  `Bearer ${token(header, payload, key)}`;
test.each<[string, string | undefined]>([
  ['A01: nothing', undefined],
  ['A02: a scheme alone', 'Bearer'],
  ['A02: a scheme and a blank', 'Bearer '],
  ['A02: no token behind two blanks', 'Bearer  x'],
  ['A03: `none`', wrong({ alg: 'none' }, claims())],
  ['A03: `none` without a signature', `Bearer ${encoded({ alg: 'nOnE' })}.${encoded(claims())}.`],
  ['A04: another key', wrong({ alg: 'HS256' }, claims(), 'x'.repeat(40))],
  ['A04: the empty key', wrong({ alg: 'HS256' }, claims(), '')],
  ['A07: a beginning in the future', `Bearer ${good({ nbf: now() + 60 })}`],
  ['A08: no end', `Bearer ${good({ exp: undefined })}`],
  ['A08: an end in the past', `Bearer ${good({ exp: now() - 1 })}`],
  ['A09: another audience', `Bearer ${good({ aud: 'other' })}`],
  ['A09: no audience', `Bearer ${good({ aud: undefined })}`],
  ['A09: another issuer', `Bearer ${good({ iss: 'other' })}`],
  [
    'A10: a changed payload',
    `Bearer ${good().replace(/\.[^.]+\./, `.${encoded(claims({ sub: 'bob' }))}.`)}`,
  ],
  ['A12: a token of 12 KB', `Bearer ${'x'.repeat(12_000)}`],
  ['A15: Basic credentials', 'Basic YW5uOng='],
  ['A17: an end that is a text', `Bearer ${good({ exp: 'never' })}`],
  ['A17: an end that is null', `Bearer ${good({ exp: null })}`],
  [
    'A17: an end at infinity',
    wrong({ alg: 'HS256' }, '{"sub":"ann","iss":"shop","aud":"api","exp":1e400}'),
  ],
  ['A17: an end that is an object', `Bearer ${good({ exp: {} })}`],
  [
    'A19: a critical header that we do not know',
    wrong({ alg: 'HS256', crit: ['x'], x: 1 }, claims()),
  ],
  ['A20: a list of algorithms', wrong({ alg: ['HS256'] }, claims())],
  ['A20: a number', wrong({ alg: 1 }, claims())],
  ['A20: a header that is no JSON', wrong('{', claims())],
])('%s is answered 401 with the challenge', async (_, authorization) => {
  const answer = await get(authorization);
  expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
});

test('A14: a token in the query string does not count', async () => {
  for (const name of ['token', 'access_token', 'authorization'])
    expect((await get(undefined, `/me?${name}=${good()}`)).status).toBe(401);
});

test('A22: a token without the scope is answered 403', async () => {
  expect((await get(`Bearer ${good()}`, '/admin')).status).toBe(403);
  expect((await get(`Bearer ${good({ scope: 'admin' })}`, '/admin')).json()).toBe('ann');
});

test.each([
  '/me/',
  '//me',
  '/%6de',
  '/ME',
  '/me;x',
  '/me%2f',
  '/./me',
  '/me?',
  '/me/.',
  '/x/../me',
])('A23: `%s` does not go round the guard', async (path) => {
  const answer = await client.server.fastify.inject({ method: 'GET', url: path });
  expect([401, 404, 307]).toContain(answer.statusCode);
});

test('A24: nothing is validated before the guard has answered', async () => {
  expect((await get(undefined, '/me?page=x')).status).toBe(401);
  expect((await get(`Bearer ${good()}`, '/me?page=x')).status).toBe(422);
});

test('C09: an unknown user and a wrong password look the same', async () => {
  const unknown = await log({ username: 'bob', password: 'x' });
  expect(unknown).toEqual(await log({ username: 'ann', password: 'x' }));
  expect(unknown).toMatchObject({
    status: 401,
    text: '{"detail":"Incorrect username or password"}',
    challenge: 'Bearer',
  });
  expect(await log({ username: '__proto__', password: 'x' })).toEqual(unknown);
});

test('C10: and compute as much', async () => {
  const verify = jest.spyOn(argon2, 'verify');
  await log({ username: 'ann', password: 'x' });
  await log({ username: 'bob', password: 'x' });
  const costs = verify.mock.calls.map(([hash]) => String(hash).split('$').slice(0, 4).join('$'));
  verify.mockRestore();
  expect(costs).toHaveLength(2);
  expect(costs[0]).toBe(costs[1]);
});

describe('over a socket', () => {
  let server: Server;
  beforeAll(async () => {
    server = await app.build({ env: { SHOP_JWT_KEY: KEY } });
    await server.fastify.listen({ host: '127.0.0.1', port: 0 });
  });
  afterAll(() => server.close());

  /** The status of a request that is sent as it is written. */
  function status(...headers: readonly string[]): Promise<number> {
    return new Promise((resolve, reject) => {
      const socket = connect(Number(new URL(server.url!).port), '127.0.0.1');
      let received = '';
      socket.on('data', (data) => (received += data.toString()));
      socket.on('close', () => resolve(Number(/^HTTP\/1\.1 (\d+)/.exec(received)?.[1])));
      socket.on('error', reject);
      socket.write(
        ['GET /me HTTP/1.1', 'host: shop', 'connection: close', ...headers, '', ''].join('\r\n'),
      );
    });
  }

  test('A12: a token of 60 KB is refused with the headers that carry it', async () => {
    expect(await status(`authorization: Bearer ${'x'.repeat(60_000)}`)).toBe(431);
    expect(await status(`authorization: Bearer ${good()}`)).toBe(200);
  });

  test('A13: of two Authorization headers never the second alone counts', async () => {
    expect(await status('authorization: Bearer x', `authorization: Bearer ${good()}`)).toBe(401);
  });
});

describe('B10: in production', () => {
  test.each([
    ['a short key', 'short', 'SHOP_JWT_KEY has 5 bytes where a key that signs needs 32'],
    ['the key of an example', 'changeme', 'SHOP_JWT_KEY is an example that everybody knows'],
  ])('%s is an error at boot', async (_, key, message) => {
    const env = { SHOP_JWT_KEY: key, NODE_ENV: 'production' };
    await expect(app.build({ env })).rejects.toMatchObject({
      code: 'SETTINGS_INVALID',
      seen: expect.stringContaining(message) as string,
    });
  });

  test('a good key is not', async () => {
    await using server = await app.build({ env: { SHOP_JWT_KEY: KEY, NODE_ENV: 'production' } });
    expect(server.url).toBeNull();
  });
});

test('V06: no line of the log holds a credential', async () => {
  const lines: string[] = [];
  const logger = { level: 'trace', stream: { write: (line: string) => void lines.push(line) } };
  const user = dependency(
    {
      by: anyOf({
        token: oauth2,
        query: new APIKeyQuery({ key: 'key' }),
        cookie: new APIKeyCookie({ key: 'key' }),
      }),
    },
    () => {
      throw new Error('the database is gone');
    },
  );
  @Controller('', { dependencies: [user] })
  class Failing {
    @Get('/')
    read() {
      return 'x';
    }
  }
  const failing = new Vivace({
    controllers: [Failing],
    logger,
    middleware: [accessLog(), requestId()],
  });
  await using client = await testClient(failing, { raiseErrors: false });
  const secret = 'hunter2hunter2';
  for (const options of [
    { headers: { authorization: `Bearer ${secret}` } },
    { params: { key: secret } },
    { cookies: { key: secret } },
  ])
    expect((await client.get('/', options)).status).toBe(500);
  expect(lines.filter((line) => line.includes('the database is gone'))).toHaveLength(3);
  expect(lines.filter((line) => line.includes(secret))).toEqual([]);
});

test('a scheme that stands alone in `dependencies` is warned of at boot', async () => {
  @Controller('', { dependencies: [oauth2] })
  class Trusting {
    @Get('/a')
    a() {
      return 'a';
    }
    @Get('/b')
    b() {
      return 'b';
    }
  }
  const warned = async (controller: new (...args: never[]) => object): Promise<string[]> => {
    const lines: string[] = [];
    const logger = {
      level: 'warn',
      stream: {
        write: (line: string) => void lines.push((JSON.parse(line) as { msg: string }).msg),
      },
    };
    await using server = await new Vivace({ controllers: [controller], logger }).build({
      env: { SHOP_JWT_KEY: KEY },
    });
    return server.url === null ? lines : [];
  };
  expect(await warned(Trusting)).toEqual([
    expect.stringMatching(/^Trusting\.a .*OAuth2PasswordBearer only reads credentials/),
  ]);
  expect(await warned(Shop)).toEqual([]);
});
