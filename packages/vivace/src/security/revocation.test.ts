import * as fc from 'fast-check';
import { memoryStore } from '../stores/memory-store';
import { RefreshTokens, revokeToken, signToken, verifyToken, type Claims } from '../security';

const KEY = 'k'.repeat(32);

describe('a token', () => {
  test('that was revoked is refused, and no other', async () => {
    const store = memoryStore();
    const [one, other] = [
      await signToken({ sub: 'ann' }, KEY, { seconds: 60 }),
      await signToken({ sub: 'ann' }, KEY, { seconds: 60 }),
    ];
    const claims = (await verifyToken(one, KEY, { revoked: store }))!;
    await revokeToken(claims, store);
    await expect(verifyToken(one, KEY, { revoked: store })).resolves.toBeUndefined();
    await expect(verifyToken(one, KEY)).resolves.toMatchObject({ sub: 'ann' });
    await expect(verifyToken(other, KEY, { revoked: store })).resolves.toMatchObject({
      sub: 'ann',
    });
  });

  test('is remembered no longer than it counts', async () => {
    const kept: unknown[] = [];
    const store = {
      ...memoryStore(),
      set: async (key: string, _: string, options?: { seconds?: number }) =>
        void kept.push(key, options),
    };
    const claims: Claims = { sub: 'ann', jti: 'one', exp: Math.floor(Date.now() / 1000) + 60 };
    await revokeToken(claims, store);
    expect(kept).toEqual(['revoked:one', { seconds: 60 }]);
    await revokeToken({ ...claims, exp: 1 }, store);
    expect(kept).toHaveLength(2);
  });

  test('without a name or an end cannot be revoked', async () => {
    await expect(revokeToken({ sub: 'ann' }, memoryStore())).rejects.toThrow(TypeError);
  });
});

describe('a refresh token', () => {
  const logins = new RefreshTokens({ store: memoryStore() });

  test('is exchanged for the claims of the login and the next one', async () => {
    const first = await logins.issue({ sub: 'ann', scope: 'items' });
    const second = await logins.exchange(first);
    expect(second?.claims).toEqual({ sub: 'ann', scope: 'items' });
    expect((await logins.exchange(second!.token))?.claims.sub).toBe('ann');
  });

  test('that comes a second time ends the login, also for whoever had exchanged it', async () => {
    const first = await logins.issue({ sub: 'ann' });
    const second = (await logins.exchange(first))!;
    await expect(logins.exchange(first)).resolves.toBeUndefined();
    await expect(logins.exchange(second.token)).resolves.toBeUndefined();
  });

  test('that comes twice at once ends the login', async () => {
    const first = await logins.issue({ sub: 'ann' });
    const renewed = (await Promise.all([logins.exchange(first), logins.exchange(first)])).filter(
      (one) => one !== undefined,
    );
    expect(renewed.length).toBeLessThan(2);
    for (const { token } of renewed) await expect(logins.exchange(token)).resolves.toBeUndefined();
  });

  test('ends with a logout; other logins go on', async () => {
    const [one, other] = [await logins.issue({ sub: 'ann' }), await logins.issue({ sub: 'ann' })];
    await logins.revoke(one);
    await expect(logins.exchange(one)).resolves.toBeUndefined();
    await expect(logins.exchange(other)).resolves.toMatchObject({ claims: { sub: 'ann' } });
  });

  test('stays ended, in whatever order a logout and exchanges under way reach the store', async () => {
    const check = fc.asyncProperty(
      fc.scheduler(),
      fc.array(fc.constantFrom('exchange', 'revoke'), { maxLength: 3 }),
      async (scheduler, others) => {
        const memory = memoryStore();
        const later = new Proxy(memory, {
          get: (target, name) =>
            scheduler.scheduleFunction(
              async (...values: unknown[]) =>
                Reflect.apply(
                  Reflect.get(target, name, target) as (...given: unknown[]) => unknown,
                  target,
                  values,
                ) as unknown,
            ),
        });
        const now = new RefreshTokens({ store: memory });
        const slow = new RefreshTokens({ store: later });
        const first = await now.issue({ sub: 'ann' });
        const given = await scheduler.waitFor(
          Promise.all(
            ['revoke', 'exchange', ...others].map(async (what) =>
              what === 'revoke' ? slow.revoke(first) : slow.exchange(first),
            ),
          ),
        );
        for (const token of [first, ...given.flatMap((one) => one?.token ?? [])])
          expect(await now.exchange(token)).toBeUndefined();
      },
    );
    await fc.assert(check, { seed: 7, numRuns: 300 });
  });

  test('of another form, or made up, opens nothing', async () => {
    const real = await logins.issue({ sub: 'ann' });
    for (const token of ['', 'x', '.', `${real}x`, `${'a'.repeat(22)}.${'a'.repeat(43)}`]) {
      await expect(logins.exchange(token)).resolves.toBeUndefined();
      await logins.revoke(token);
    }
    await expect(logins.exchange(real)).resolves.toMatchObject({ claims: { sub: 'ann' } });
  });

  test('cannot be read from the store', async () => {
    const kept: string[] = [];
    const store = {
      ...memoryStore(),
      set: async (key: string, value: string) => void kept.push(key + value),
    };
    const token = await new RefreshTokens({ store }).issue({ sub: 'ann' });
    expect(kept.join()).not.toContain(token.split('.')[1]);
  });
});
