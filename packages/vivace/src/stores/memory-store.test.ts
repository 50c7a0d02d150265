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
});
