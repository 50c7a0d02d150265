import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { Controller, Get, Vivace } from 'vivace';
import { signToken } from 'vivace/security';
import { testClient } from 'vivace/testing';
import { app } from './staff';

const provider = generateKeyPairSync('rsa', { modulusLength: 2048 });
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });

@Controller()
class Keys {
  @Get('/keys')
  keys() {
    const key = provider.publicKey.export({ format: 'jwk' });
    return { keys: [{ ...key, kid: 'one', alg: 'RS256', use: 'sig' }] };
  }
}

test('a token of the provider counts, and one that somebody else signed does not', async () => {
  await using login = await new Vivace({ controllers: [Keys] }).listen({
    port: 0,
    handleSignals: false,
  });
  await using client = await testClient(app, { env: { LOGIN_KEYS: `${login.url}/keys` } });
  const ask = async (key: KeyObject, audience: string) => {
    const token = await signToken({ sub: 'ann' }, key, {
      seconds: 60,
      algorithm: 'RS256',
      issuer: 'https://login.example',
      audience,
    });
    return client.get('/staff/me', { headers: { authorization: `Bearer ${token}` } });
  };
  expect((await ask(provider.privateKey, 'shop')).json()).toBe('ann');
  expect((await ask(provider.privateKey, 'bank')).status).toBe(401);
  expect((await ask(stranger.privateKey, 'shop')).status).toBe(401);
});
