import { createHmac, generateKeyPairSync } from 'node:crypto';
import { inspect } from 'node:util';
import { Controller, Depends, Get, Model, Post, Reply, Secret, Vivace, dependency } from 'vivace';
import { memoryStore } from 'vivace/middleware';
import {
  APIKeyCookie,
  APIKeyHeader,
  OAuth2PasswordBearer,
  RefreshTokens,
  anyOf,
  hashPassword,
  revokeToken,
  sameSecret,
  signToken,
  verifyPassword,
  verifyToken,
} from 'vivace/security';
import { Settings } from 'vivace/settings';
import { testClient } from 'vivace/testing';

const KEY = 'k'.repeat(32);
const oauth2 = new OAuth2PasswordBearer({ tokenUrl: 'token' });

/** The warnings of an application that is built. */
async function warningsOf(
  controller: new (...args: never[]) => object,
): Promise<readonly string[]> {
  const lines: string[] = [];
  const logger = {
    level: 'warn',
    stream: { write: (line: string) => void lines.push((JSON.parse(line) as { msg: string }).msg) },
  };
  await (await new Vivace({ controllers: [controller], logger }).build()).close();
  return lines;
}

describe('gotchas of security', () => {
  test('gotcha 81: a scheme only reads a token, and one that nobody verifies is warned of at boot', async () => {
    @Controller('', { dependencies: [oauth2] })
    class Trusting {
      @Get('/')
      read() {
        return 'secret';
      }
    }
    const verified = dependency({ token: oauth2 }, ({ token }) => verifyToken(token, KEY));
    @Controller('', { dependencies: [verified] })
    class Careful {
      @Get('/')
      read() {
        return 'secret';
      }
    }
    expect(await warningsOf(Trusting)).toEqual([
      expect.stringContaining(
        'OAuth2PasswordBearer only reads credentials, and nothing verifies them',
      ),
    ]);
    expect(await warningsOf(Careful)).toEqual([]);
  });

  test('gotcha 82: a token never chooses how it is verified: `none`, other algorithms and public keys as secrets are refused', async () => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
    const part = (value: object): string =>
      Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = part({ sub: 'ann', exp: Math.floor(Date.now() / 1000) + 60 });
    const signed = (alg: string, key: string): string => {
      const text = `${part({ alg })}.${claims}`;
      return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`;
    };
    await expect(verifyToken(signed('HS256', KEY), KEY)).resolves.toMatchObject({ sub: 'ann' });
    await expect(verifyToken(`${part({ alg: 'none' })}.${claims}.`, KEY)).resolves.toBeUndefined();
    await expect(verifyToken(signed('HS512', KEY), KEY)).resolves.toBeUndefined();
    await expect(
      verifyToken(signed('HS256', pem), publicKey, { algorithms: ['RS256'] }),
    ).resolves.toBeUndefined();
    await expect(verifyToken(signed('HS256', pem), pem)).rejects.toThrow(
      'this one is a key of a pair',
    );
  });

  test('gotcha 83: a short key, or one out of an example, is an error at boot in production', async () => {
    @Settings()
    class Keys {
      jwtKey!: Secret;
    }
    @Controller()
    class Shop {
      @Get('/')
      read(settings: Keys) {
        return settings;
      }
    }
    const app = new Vivace({ controllers: [Shop] });
    for (const JWT_KEY of ['secret', 'changeme', 'x'.repeat(31)])
      await expect(app.build({ env: { JWT_KEY, NODE_ENV: 'production' } })).rejects.toMatchObject({
        code: 'SETTINGS_INVALID',
      });
    await (await app.build({ env: { JWT_KEY: KEY, NODE_ENV: 'production' } })).close();
    await expect(signToken({ sub: 'ann' }, 'secret', { seconds: 60 })).rejects.toThrow(
      'has 6 bytes where a key that signs needs 32',
    );
  });

  test('gotcha 84: what is secret is no claim of a token', async () => {
    for (const claims of [{ password: 'x' }, { clientSecret: 'x' }, { card: new Secret('x') }])
      await expect(signToken({ sub: 'ann', ...claims }, KEY, { seconds: 60 })).rejects.toThrow(
        'can be read by whoever holds it',
      );
  });

  test('gotcha 85: every token ends, can be revoked before, and is renewed by refresh tokens of which a stolen one ends the login', async () => {
    const store = memoryStore();
    const claims = await verifyToken(await signToken({ sub: 'ann' }, KEY, { seconds: 60 }), KEY);
    const token = await signToken({ ...claims!, jti: 'one' }, KEY, { seconds: 60 });
    await revokeToken((await verifyToken(token, KEY))!, store);
    await expect(verifyToken(token, KEY, { revoked: store })).resolves.toBeUndefined();

    const logins = new RefreshTokens({ store });
    const stolen = await logins.issue({ sub: 'ann' });
    const renewed = await logins.exchange(stolen);
    await expect(logins.exchange(stolen)).resolves.toBeUndefined();
    await expect(logins.exchange(renewed!.token)).resolves.toBeUndefined();
  });

  test('gotcha 86: a token may live in a cookie that scripts cannot read', async () => {
    const session = new APIKeyCookie({ key: 'session' });
    const user = dependency(
      { token: session },
      async ({ token }) => (await verifyToken(token, KEY))?.sub ?? 'nobody',
    );
    @Controller()
    class Login {
      @Post('/login')
      async login(reply: Reply) {
        reply.setCookie('session', await signToken({ sub: 'ann' }, KEY, { seconds: 60 }), {
          httpOnly: true,
          secure: true,
        });
      }
      @Get('/me')
      me(@Depends(user) user: string) {
        return user;
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Login] }), {
      baseUrl: 'https://shop.example',
    });
    expect((await client.get('/me')).status).toBe(401);
    const cookie = (await client.post('/login')).headers.get('set-cookie');
    for (const attribute of ['HttpOnly', 'Secure', 'SameSite=lax'])
      expect(cookie).toContain(attribute);
    expect((await client.get('/me')).json()).toBe('ann');
  });

  test('gotcha 87: passwords are hashed with argon2id only, whole and each with a salt', async () => {
    const hash = await hashPassword(`${'p'.repeat(80)}a`);
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    await expect(verifyPassword(`${'p'.repeat(80)}b`, hash)).resolves.toBe(false);
    await expect(verifyPassword('secret', '5f4dcc3b5aa765d61d8327deb882cf99')).resolves.toBe(false);
  });

  test('gotcha 88: secrets of any length are compared in a time that tells nothing; there is a comparison for unknown users too', async () => {
    expect([
      sameSecret('key', 'key'),
      sameSecret('key', 'kex'),
      sameSecret('key', 'longer key'),
    ]).toEqual([true, false, false]);
    await expect(verifyPassword('secret', undefined)).resolves.toBe(false);
  });

  test('gotcha 94: no log, error or answer shows a secret of the settings', async () => {
    @Settings()
    class Keys {
      dbPassword!: Secret;
      port: number = 1;
    }
    @Controller()
    class Shop {
      @Get('/')
      read(settings: Keys) {
        return { settings, text: `${settings.dbPassword}`, logged: inspect(settings) };
      }
    }
    const app = new Vivace({ controllers: [Shop] });
    await using client = await testClient(app, { env: { DB_PASSWORD: 'hunter2' } });
    expect((await client.get('/')).text).toContain('**********');
    expect((await client.get('/')).text).not.toContain('hunter2');
    const error = await app
      .build({ env: { DB_PASSWORD: 'hunter2', PORT: 'x' } })
      .catch((reason: unknown) => inspect(reason, { depth: 9 }));
    expect(error).toContain('PORT');
    expect(error).not.toContain('hunter2');
  });

  test('gotcha 96: schemes that are needed together stand together in the document; anyOf documents alternatives', async () => {
    const key = new APIKeyHeader({ key: 'X-Key' });
    @Controller()
    class Shop {
      @Get('/both')
      both(@Depends(oauth2) token: string, @Depends(key) key: string) {
        return [token, key];
      }
      @Get('/either')
      either(@Depends(anyOf({ token: oauth2, key })) by: object) {
        return by;
      }
    }
    const { paths } = await new Vivace({ controllers: [Shop] }).openapi();
    expect(paths['/both']!['get']).toMatchObject({
      security: [{ OAuth2PasswordBearer: [], APIKeyHeader: [] }],
    });
    expect(paths['/either']!['get']).toMatchObject({
      security: [{ OAuth2PasswordBearer: [] }, { APIKeyHeader: [] }],
    });
  });

  test('gotcha 97: only the declared fields of a body arrive, and others can be forbidden', async () => {
    class SignUp {
      name!: string;
    }
    @Model({ extra: 'forbid' })
    class StrictSignUp extends SignUp {}
    class User extends SignUp {
      role = 'visitor';
    }
    @Controller()
    class Accounts {
      @Post('/lax')
      lax(form: SignUp): User {
        return Object.assign(new User(), form);
      }
      @Post('/strict')
      strict(form: StrictSignUp): User {
        return Object.assign(new User(), form);
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Accounts] }));
    const json = { name: 'ann', role: 'admin' };
    expect((await client.post('/lax', { json })).json()).toEqual({ name: 'ann', role: 'visitor' });
    expect((await client.post('/strict', { json })).json()).toMatchObject({
      detail: [{ type: 'extra_forbidden', loc: ['body', 'role'] }],
    });
  });
});
