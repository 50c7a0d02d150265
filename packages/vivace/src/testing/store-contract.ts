import { deepEqual, equal, ok } from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import type { Store } from '../declare/store';

type Checks = Readonly<Record<string, (store: Store) => Promise<void>>>;

const CHECKS: Checks = {
  async 'a key that was never set has no value'(store) {
    equal(await store.get('nothing'), undefined);
  },
  async 'a value is given as it was set, last one first'(store) {
    for (const text of [
      '',
      'plain',
      '{"a":"b"}',
      'žluťoučký 🐎',
      `two\nlines\0`,
      'x'.repeat(100_000),
    ]) {
      await store.set('text', text);
      equal(await store.get('text'), text);
    }
  },
  async 'keys may hold any characters, and are told apart'(store) {
    const keys = ['a', 'A', 'a:b', 'a b', 'a/b', '*', '__proto__', 'ключ'];
    await Promise.all(keys.map((key) => store.set(key, `of ${key}`)));
    deepEqual(
      await Promise.all(keys.map((key) => store.get(key))),
      keys.map((key) => `of ${key}`),
    );
  },
  async 'a deleted value is gone, and nothing else'(store) {
    await store.set('kept', '1');
    await store.set('deleted', '2');
    await store.delete('deleted');
    await store.delete('never there');
    deepEqual([await store.get('deleted'), await store.get('kept')], [undefined, '1']);
  },
  async 'a value is forgotten after its seconds, not before'(store) {
    await store.set('short', '1', { seconds: 0.2 });
    await store.set('long', '2', { seconds: 60 });
    equal(await store.get('short'), '1');
    await gone(() => store.get('short'));
    equal(await store.get('long'), '2');
  },
  async 'a value that is set again has a new time'(store) {
    await store.set('renewed', '1', { seconds: 0.1 });
    await store.set('renewed', '2', { seconds: 60 });
    await store.set('lasting', '1', { seconds: 0.1 });
    await store.set('lasting', '2');
    await store.set('mark', '1', { seconds: 0.2 });
    await gone(() => store.get('mark'));
    deepEqual([await store.get('renewed'), await store.get('lasting')], ['2', '2']);
  },
  async 'a value is replaced where there is one, and nowhere else'(store) {
    equal(await store.replace('absent', '1'), false);
    equal(await store.get('absent'), undefined);
    await store.set('present', '1', { seconds: 60 });
    equal(await store.replace('present', '2'), true);
    equal(await store.get('present'), '2');
    await store.delete('present');
    equal(await store.replace('present', '3', { seconds: 60 }), false);
    equal(await store.get('present'), undefined);
  },
  async 'a value is set where there is none, and nowhere else'(store) {
    equal(await store.setIfAbsent('first', '1', { seconds: 60 }), true);
    equal(await store.setIfAbsent('first', '2', { seconds: 60 }), false);
    equal(await store.get('first'), '1');
    await store.delete('first');
    equal(await store.setIfAbsent('first', '3'), true);
    equal(await store.get('first'), '3');
  },
  async 'a value that is replaced has a new time, and one that is not keeps its own'(store) {
    await store.set('prolonged', '1', { seconds: 0.1 });
    equal(await store.replace('prolonged', '2', { seconds: 60 }), true);
    await store.set('endless', '1', { seconds: 0.1 });
    equal(await store.replace('endless', '2'), true);
    await store.setIfAbsent('brief', '1', { seconds: 0.2 });
    equal(await store.setIfAbsent('brief', '2', { seconds: 60 }), false);
    await gone(() => store.get('brief'));
    equal(await store.replace('brief', '3'), false);
    equal(await store.setIfAbsent('brief', '4'), true);
    deepEqual(
      [await store.get('prolonged'), await store.get('endless'), await store.get('brief')],
      ['2', '2', '4'],
    );
  },
  async 'a counter is a value, too, for those who replace it or ask whether there is one'(store) {
    await store.increment('counter', 3, 60);
    equal(await store.setIfAbsent('counter', '1'), false);
    equal(await store.replace('counter', '7', { seconds: 60 }), true);
    equal((await store.increment('counter', 1, 60)).value, 8);
  },
  async 'of many that set one key at the same time one does, and none replaces what is deleted'(
    store,
  ) {
    const many = Array.from({ length: 20 }, (_, index) => String(index));
    const set = await Promise.all(many.map((text) => store.setIfAbsent('taken', text)));
    deepEqual(
      set.filter((done) => done),
      [true],
    );
    equal(await store.get('taken'), many[set.indexOf(true)]);
    await Promise.all([
      ...many.map((text) => store.replace('taken', text)),
      store.delete('taken'),
      ...many.map((text) => store.replace('taken', text)),
    ]);
    equal(await store.get('taken'), undefined);
  },
  async 'a counter begins at nothing and adds up'(store) {
    const values = [
      await store.increment('count', 1, 60),
      await store.increment('count', 5, 60),
      await store.increment('count', -2, 60),
    ];
    deepEqual(
      values.map(({ value }) => value),
      [1, 6, 4],
    );
    equal((await store.increment('other', 1, 60)).value, 1);
  },
  async 'a counter says how many seconds are left, and is not prolonged'(store) {
    const { seconds } = await store.increment('window', 1, 60);
    ok(seconds > 59 && seconds <= 60, `${seconds} seconds are left of 60`);
    const again = await store.increment('window', 1, 1000);
    ok(again.seconds <= 60, `${again.seconds} seconds are left of 60`);
  },
  async 'a counter begins anew after its seconds'(store) {
    await store.increment('brief', 1, 0.1);
    await store.set('mark', '1', { seconds: 0.2 });
    await gone(() => store.get('mark'));
    equal((await store.increment('brief', 1, 60)).value, 1);
  },
  async 'a counter can be deleted'(store) {
    await store.increment('reset', 3, 60);
    await store.delete('reset');
    equal((await store.increment('reset', 1, 60)).value, 1);
  },
  async 'nothing is lost of what is added at the same time'(store) {
    const sums = await Promise.all(
      Array.from({ length: 50 }, () => store.increment('busy', 1, 60)),
    );
    deepEqual(
      sums.map(({ value }) => value).toSorted((a, b) => a - b),
      Array.from({ length: 50 }, (_, index) => index + 1),
    );
  },
};

/**
 * The checks that every store has to pass, by name. Each check gets a store of its own.
 *
 * @param create makes an empty store, or one with keys that nobody else uses
 * @example
 * for (const [name, check] of Object.entries(storeContract(() => new MyStore()))) test(name, check);
 */
export function storeContract(
  create: () => Store | Promise<Store>,
): Readonly<Record<string, () => Promise<void>>> {
  return Object.fromEntries(
    Object.entries(CHECKS).map(([name, check]) => [name, async () => check(await create())]),
  );
}

async function gone(read: () => Promise<string | undefined>): Promise<void> {
  const patience = performance.now() + 5000;
  while ((await read()) !== undefined) {
    ok(performance.now() < patience, 'The value is still there after 5 seconds.');
    await setTimeout(20);
  }
}
