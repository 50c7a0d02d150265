import { createHmac, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Secret } from '../declare/secret';
import { signToken, verifyToken } from '../security';

const KEY = 'k'.repeat(32);
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });

const encoded = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
const later = (seconds = 60): number => Math.floor(Date.now() / 1000) + seconds;

/** A token made without us: any header, any claims, signed by HMAC. */
function forged(header: unknown, claims: unknown, key: string = KEY): string {
  const signed = `${encoded(header)}.${encoded(claims)}`;
  return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
}

describe('a token', () => {
  test('gives back what was signed, with its times', async () => {
    const token = await signToken({ sub: 'ann', scope: 'items' }, KEY, { seconds: 60 });
    const claims = await verifyToken(token, KEY);
    expect(claims).toEqual({
      sub: 'ann',
      scope: 'items',
      jti: expect.stringMatching(/^[\da-f-]{36}$/) as string,
      iat: expect.any(Number) as number,
      exp: (claims?.['iat'] as number) + 60,
    });
  });

  test('signed elsewhere with the same key counts', async () => {
    await expect(
      verifyToken(forged({ alg: 'HS256' }, { sub: 'ann', exp: later() }), KEY),
    ).resolves.toMatchObject({ sub: 'ann' });
  });

  test('is for its issuer and audience', async () => {
    const token = await signToken({ sub: 'ann' }, KEY, {
      seconds: 60,
      issuer: 'shop',
      audience: 'api',
    });
    await expect(
      verifyToken(token, KEY, { issuer: 'shop', audience: 'api' }),
    ).resolves.toMatchObject({ sub: 'ann' });
    await expect(
      verifyToken(token, KEY, { issuer: 'other', audience: 'api' }),
    ).resolves.toBeUndefined();
    await expect(
      verifyToken(token, KEY, { issuer: 'shop', audience: 'other' }),
    ).resolves.toBeUndefined();
    await expect(verifyToken(token, KEY, { issuer: 'shop' })).resolves.toBeUndefined();
    const plain = await signToken({ sub: 'ann' }, KEY, { seconds: 60 });
    await expect(verifyToken(plain, KEY, { audience: 'api' })).resolves.toBeUndefined();
    await expect(verifyToken(plain, KEY, { issuer: 'shop' })).resolves.toBeUndefined();
  });

  const claims = { sub: 'ann', exp: later() };
  test.each([
    ['has ended', forged({ alg: 'HS256' }, { sub: 'ann', exp: later(-1) })],
    ['has not begun', forged({ alg: 'HS256' }, { ...claims, nbf: later(30) })],
    ['never ends', forged({ alg: 'HS256' }, { sub: 'ann' })],
    ['ends at infinity', forged({ alg: 'HS256' }, '{"sub":"ann","exp":1e400}')],
    ['ends with a text', forged({ alg: 'HS256' }, { sub: 'ann', exp: String(later()) })],
    ['ends with null', forged({ alg: 'HS256' }, { sub: 'ann', exp: null })],
    ['ends with an object', forged({ alg: 'HS256' }, { sub: 'ann', exp: {} })],
    ['speaks of nobody', forged({ alg: 'HS256' }, { exp: later() })],
    ['speaks of a number', forged({ alg: 'HS256' }, { sub: 7, exp: later() })],
    ['has claims that are a list', forged({ alg: 'HS256' }, [claims])],
    ['has claims that are no JSON', forged({ alg: 'HS256' }, 'ann')],
    ['is signed with another key', forged({ alg: 'HS256' }, claims, 'x'.repeat(32))],
    ['is signed with no key', forged({ alg: 'HS256' }, claims, '')],
    ['has no signature', `${encoded({ alg: 'HS256' })}.${encoded(claims)}.`],
    ['names another algorithm', forged({ alg: 'HS512' }, claims)],
    ['names a list of algorithms', forged({ alg: ['HS256'] }, claims)],
    ['names an object', forged({ alg: { HS256: 1 } }, claims)],
    ['names a number', forged({ alg: 256 }, claims)],
    ['names no algorithm', forged({}, claims)],
    ['has a header that is no JSON', forged('HS256', claims)],
    [
      'has a critical header that we do not know',
      forged({ alg: 'HS256', crit: ['b64', 'x'], b64: true, x: 1 }, claims),
    ],
    ['is empty', ''],
    ['is two dots', '..'],
    ['is no token', 'a.b'],
    ['is of 60 KB', forged({ alg: 'HS256' }, { ...claims, more: 'x'.repeat(60_000) }, 'x')],
  ])('that %s is refused', async (_, token) => {
    await expect(verifyToken(token, KEY)).resolves.toBeUndefined();
  });

  test.each(['none', 'None', 'nOnE', ''])(
    'with the algorithm `%s` is refused, with and without a signature',
    async (alg) => {
      const signed = forged({ alg }, claims);
      await expect(verifyToken(signed, KEY)).resolves.toBeUndefined();
      await expect(
        verifyToken(signed.slice(0, signed.lastIndexOf('.') + 1), KEY),
      ).resolves.toBeUndefined();
    },
  );

  test('that was changed after it was signed is refused', async () => {
    const [header, , signature] = (await signToken({ sub: 'ann' }, KEY, { seconds: 60 })).split(
      '.',
    );
    await expect(
      verifyToken(`${header}.${encoded({ ...claims, sub: 'bob' })}.${signature}`, KEY),
    ).resolves.toBeUndefined();
  });

  test('does not carry what should stay secret', async () => {
    await expect(signToken({ sub: 'ann', password: 'x' }, KEY, { seconds: 60 })).rejects.toThrow(
      "The claim 'password' is a secret",
    );
    await expect(
      signToken({ sub: 'ann', card: new Secret('x') }, KEY, { seconds: 60 }),
    ).rejects.toThrow("The claim 'card' is a secret");
  });
});

describe('a pair of keys', () => {
  const sign = (key: KeyObject, algorithm: 'RS256' | 'ES256') =>
    signToken({ sub: 'ann' }, key, { seconds: 60, algorithm });

  test('signs with the private and verifies with the public one', async () => {
    const token = await sign(rsa.privateKey, 'RS256');
    await expect(
      verifyToken(token, rsa.publicKey, { algorithms: ['RS256'] }),
    ).resolves.toMatchObject({ sub: 'ann' });
    await expect(
      verifyToken(token, rsa.publicKey, { algorithms: ['PS256'] }),
    ).resolves.toBeUndefined();
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
    await expect(
      verifyToken(token, other.publicKey, { algorithms: ['RS256'] }),
    ).resolves.toBeUndefined();
    await expect(
      verifyToken(await sign(ec.privateKey, 'ES256'), ec.publicKey, { algorithms: ['ES256'] }),
    ).resolves.toMatchObject({
      sub: 'ann',
    });
  });

  test('is never taken for a secret: a token signed with the public key as one is refused', async () => {
    const pem = rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString();
    const confused = forged({ alg: 'HS256' }, { sub: 'ann', exp: later() }, pem);
    await expect(
      verifyToken(confused, rsa.publicKey, { algorithms: ['RS256'] }),
    ).resolves.toBeUndefined();
    await expect(verifyToken(confused, pem)).rejects.toThrow('this one is a key of a pair');
  });

  const texts: readonly string[] = [
    rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    rsa.publicKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
    rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    rsa.privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
    ec.privateKey.export({ type: 'sec1', format: 'pem' }).toString(),
    `\n  ${ec.publicKey.export({ type: 'spki', format: 'pem' }).toString()}`,
    JSON.stringify(rsa.publicKey.export({ format: 'jwk' })),
    'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGtleWtleWtleWtleWtleWtleWtleWtleWtleWtleWtl ann@example',
    '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----',
  ];
  test.each(texts)('is no secret in whatever text it stands (%#)', async (text) => {
    await expect(signToken({ sub: 'ann' }, text, { seconds: 60 })).rejects.toThrow(TypeError);
    await expect(verifyToken(forged({ alg: 'HS256' }, {}, text), text)).rejects.toThrow(
      'this one is a key of a pair',
    );
  });

  test('has to fit the algorithm, and its part', async () => {
    const token = await sign(ec.privateKey, 'ES256');
    await expect(sign(rsa.privateKey, 'ES256')).rejects.toThrow(
      'ES256 does not fit a key of type rsa: write RS256 or',
    );
    await expect(sign(rsa.publicKey, 'RS256')).rejects.toThrow(
      'is a public key where a private one belongs',
    );
    await expect(verifyToken(token, ec.privateKey, { algorithms: ['ES256'] })).rejects.toThrow(
      'a private key where a public one belongs',
    );
    await expect(
      verifyToken(token, ec.publicKey, { algorithms: ['ES256', 'RS256'] }),
    ).rejects.toThrow('RS256 does not fit a key of type ec: write ES256');
    await expect(verifyToken(token, ec.publicKey, { algorithms: [] })).rejects.toThrow(
      'Name the algorithms that count',
    );
    expect(createPublicKey(ec.privateKey).type).toBe('public');
  });
});

describe('the key set of a provider', () => {
  test('is fetched from its address; a token that none of its keys signed is refused', async () => {
    const keys = [
      { ...rsa.publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' },
    ];
    let fetched = 0;
    const provider = createServer((_, response) => {
      fetched += 1;
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys }));
    });
    await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
    try {
      const url = new URL(`http://127.0.0.1:${(provider.address() as AddressInfo).port}/keys`);
      const token = await signToken({ sub: 'ann' }, rsa.privateKey, {
        seconds: 60,
        algorithm: 'RS256',
      });
      const options = { algorithms: ['RS256'] } as const;
      await expect(verifyToken(token, url, options)).resolves.toMatchObject({ sub: 'ann' });
      await expect(verifyToken(token, url, options)).resolves.toMatchObject({ sub: 'ann' });
      expect(fetched).toBe(1);
      const foreign = await signToken({ sub: 'ann' }, ec.privateKey, {
        seconds: 60,
        algorithm: 'ES256',
      });
      await expect(
        verifyToken(foreign, url, { algorithms: ['RS256', 'ES256'] }),
      ).resolves.toBeUndefined();
    } finally {
      await new Promise((resolve) => provider.close(resolve));
      provider.closeAllConnections();
    }
  });

  test('that cannot be fetched is an error, not a wrong token', async () => {
    const provider = createServer((_, response) => response.writeHead(500).end());
    await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
    try {
      const url = new URL(`http://127.0.0.1:${(provider.address() as AddressInfo).port}/broken`);
      const token = await signToken({ sub: 'ann' }, rsa.privateKey, {
        seconds: 60,
        algorithm: 'RS256',
      });
      await expect(verifyToken(token, url, { algorithms: ['RS256'] })).rejects.toThrow(
        'Expected 200 OK',
      );
    } finally {
      await new Promise((resolve) => provider.close(resolve));
    }
  });
});

test('a short key is an error, with a command that makes a better one', async () => {
  const token = forged({ alg: 'HS256' }, { sub: 'ann', exp: later() }, 'secret');
  await expect(signToken({ sub: 'ann' }, 'secret', { seconds: 60 })).rejects.toThrow(
    'has 6 bytes where a key that signs needs 32. Make one: node -p',
  );
  await expect(verifyToken(token, 'secret')).rejects.toThrow(TypeError);
  await expect(verifyToken(token, '')).rejects.toThrow('has 0 bytes');
});
