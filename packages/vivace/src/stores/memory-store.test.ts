import { memoryStore } from 'vivace/middleware';
import { storeContract } from 'vivace/testing';

describe('memoryStore', () => {
  it.each(Object.entries(storeContract(() => memoryStore())))('%s', async (_, check) => check());

  it('says that other processes see nothing of it', () => {
    expect(memoryStore().shared).toBe(false);
  });

  it('forgets what was written longest ago when it is full', async () => {
    const store = memoryStore({ maxKeys: 3 });
    for (const key of ['a', 'b', 'c']) await store.set(key, key);
    await store.set('a', 'again');
    await store.set('d', 'd');
    expect(await Promise.all(['a', 'b', 'c', 'd'].map((key) => store.get(key)))).toEqual([
      'again',
      undefined,
      'c',
      'd',
    ]);
  });

  it('never holds more than it may, whatever clients send', async () => {
    const store = memoryStore({ maxKeys: 10 });
    for (let index = 0; index < 1000; index += 1) await store.increment(`client ${index}`, 1, 60);
    const found = await Promise.all(
      Array.from({ length: 1000 }, (_, index) => store.get(`client ${index}`)),
    );
    expect(found.filter((value) => value !== undefined)).toHaveLength(10);
  });

  it('holds no more bytes than it may, and not what alone is too large', async () => {
    const store = memoryStore({ maxBytes: 100_000 });
    const sizes = Array.from({ length: 300 }, (_, index) => 500 + ((index * 7919) % 40_000));
    const held = async (): Promise<number> => {
      const found = await Promise.all(sizes.map((_, index) => store.get(`key ${index}`)));
      return found.reduce((sum, text) => sum + (text?.length ?? 0), 0);
    };
    for (const [index, size] of sizes.entries()) {
      await store.set(`key ${index}`, 'x'.repeat(size));
      expect(await store.get(`key ${index}`)).toHaveLength(size);
    }
    const before = await held();
    expect(before).toBeGreaterThan(50_000);
    expect(before).toBeLessThan(100_000);
    await store.set('letters of two bytes', '\u017e'.repeat(60_000));
    expect([await store.get('letters of two bytes'), await held()]).toEqual([undefined, before]);
  });

  it('counts what is replaced, deleted or over as gone', async () => {
    const store = memoryStore({ maxBytes: 10_000 });
    for (let round = 0; round < 100; round += 1) {
      await store.set('same', 'x'.repeat(4000));
      await store.set(`gone ${round}`, 'x'.repeat(4000));
      await store.delete(`gone ${round}`);
    }
    await store.set('other', 'x'.repeat(4000));
    expect([await store.get('same'), await store.get('other')]).not.toContain(undefined);
  });
});
