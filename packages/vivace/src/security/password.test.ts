import argon2 from '@node-rs/argon2';
import { hashPassword, verifyPassword } from '../security';

test('a hash is argon2id, and has a salt of its own', async () => {
  const [one, other] = await Promise.all([
    hashPassword('correct horse'),
    hashPassword('correct horse'),
  ]);
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(one).not.toBe(other);
});

test('a password fits its own hash only, to the last character', async () => {
  const long = 'p'.repeat(100);
  const hash = await hashPassword(long);
  await expect(verifyPassword(long, hash)).resolves.toBe(true);
  await expect(verifyPassword(`${long.slice(0, 99)}x`, hash)).resolves.toBe(false);
  await expect(verifyPassword('', hash)).resolves.toBe(false);
  await expect(verifyPassword('pässwörd\0', await hashPassword('pässwörd\0'))).resolves.toBe(true);
  await expect(verifyPassword('pässwörd', await hashPassword('pässwörd\0'))).resolves.toBe(false);
});

test('hashes of other programs count with the cost that they name', async () => {
  const hash =
    '$argon2id$v=19$m=65536,t=3,p=4$TEbF8sBq09oGE5jH5MTWUQ$aMhL9o1PBMu6y3rV1lm6zZ8bWT3x6sZc1ZaWrOXJHfs';
  await expect(verifyPassword('secret', hash)).resolves.toBe(await argon2.verify(hash, 'secret'));
});

test.each([
  undefined,
  '',
  'secret',
  '$2b$12$EixZaYVK1fsbw1ZfbX3OXePaWxn96p36WQoeG6Lruj3vjPGga31lW',
  '$argon2id$v=19$broken',
])('nothing fits where there is no argon2 hash (%#)', async (hash) => {
  await expect(verifyPassword('secret', hash)).resolves.toBe(false);
});

test('where there is no user, as much is computed as where the password is wrong', async () => {
  const verify = jest.spyOn(argon2, 'verify');
  await verifyPassword('wrong', undefined);
  await verifyPassword('wrong', await hashPassword('secret'));
  const costs = verify.mock.calls.map(([hash]) => String(hash).split('$').slice(0, 4));
  verify.mockRestore();
  expect(costs).toHaveLength(2);
  expect(costs[0]).toEqual(costs[1]);
});
