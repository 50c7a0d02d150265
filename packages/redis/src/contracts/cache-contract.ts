import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { int, listOf, oneOf, type Type } from 'vivace';
import type { Cache } from '../cache/cache';

export class CachedThing {
  id!: int;
  at!: Date;
}

const FOR = { seconds: 60 };
const thing = (id: number): CachedThing =>
  Object.assign(new CachedThing(), { id: id as int, at: new Date(1000) });

/** Counts how often it makes what. */
function counting<T>(make: (count: number) => T | Promise<T>) {
  const counted = { count: 0, make: async () => make((counted.count += 1)) };
  return counted;
}

const CHECKS: Readonly<Record<string, (cache: Cache) => Promise<void>>> = {
  async 'a value is made once, and comes back as it was made'(cache) {
    const made = counting(() => thing(1));
    for (let asked = 0; asked < 3; asked += 1)
      deepEqual(await cache.of(CachedThing, 'thing', FOR, made.make), thing(1));
    equal(made.count, 1);
  },
  async 'a value that is made of itself is refused, and waits for nothing'(cache) {
    const outer = (): Promise<int> => cache.of(int, 'outer', FOR, inner);
    const inner = (): Promise<int> => cache.of(int, 'inner', FOR, outer);
    await rejects(outer(), TypeError);
    // One that is made of others is none.
    const two = (): Promise<int> => cache.of(int, 'two', FOR, async () => 2 as int);
    equal(await cache.of(int, 'outer', FOR, two), 2);
  },
  async 'types are named by values, too'(cache) {
    const values: readonly (readonly [Type, unknown])[] = [
      [int, 7],
      [Date, new Date(5)],
      [listOf(CachedThing), [thing(1), thing(2)]],
      [[CachedThing], []],
      [oneOf('a', 'b'), 'b'],
      [oneOf(CachedThing, null), null],
      [BigInt, 2n ** 60n + 1n],
    ];
    for (const [index, [type, value]] of values.entries())
      for (let asked = 0; asked < 2; asked += 1)
        deepEqual(await cache.of(type, `typed:${index}`, FOR, async () => value), value);
  },
  async 'a time that is none is refused, and nothing is made'(cache) {
    const made = counting(() => thing(1));
    for (const seconds of [0, -1, NaN, Infinity])
      await rejects(cache.of(CachedThing, 'timeless', { seconds }, made.make), RangeError);
    equal(made.count, 0);
  },
  async 'what is not declared is not kept, and the first caller does not see it either'(cache) {
    const make = async () => Object.assign(thing(1), { password: 'secret' });
    for (let asked = 0; asked < 2; asked += 1)
      ok(!('password' in (await cache.of(CachedThing, 'declared', FOR, make))));
  },
  async 'each caller has a value of its own'(cache) {
    const make = async () => [thing(1)];
    const all = await Promise.all([
      cache.of([CachedThing], 'own', FOR, make),
      cache.of([CachedThing], 'own', FOR, make),
    ]);
    all[0].pop();
    deepEqual([all[0].length, all[1].length], [0, 1]);
    equal((await cache.of([CachedThing], 'own', FOR, make)).length, 1);
  },
  async 'the type is part of the key'(cache) {
    await cache.of(int, 'same', FOR, async () => 1 as int);
    equal(await cache.of(String, 'same', FOR, async () => 'one'), 'one');
    equal(await cache.of(int, 'same', FOR, async () => 2 as int), 1);
  },
  async 'what is thrown is not kept, nor is undefined'(cache) {
    const failing = counting(() => Promise.reject(new Error('no such thing')));
    for (let asked = 0; asked < 2; asked += 1)
      await rejects(cache.of(CachedThing, 'failing', FOR, failing.make), /no such thing/);
    const nothing = counting(() => undefined as never);
    for (let asked = 0; asked < 2; asked += 1)
      equal(await cache.of(CachedThing, 'nothing', FOR, nothing.make), undefined);
    deepEqual([failing.count, nothing.count], [2, 2]);
  },
  async 'many callers of one key have it made once'(cache) {
    const made = counting(async (count) => {
      await setTimeout(20);
      return count as int;
    });
    const values = await Promise.all(
      Array.from({ length: 50 }, () => cache.of(int, 'cold', FOR, made.make)),
    );
    deepEqual(new Set(values), new Set([1]));
    equal(made.count, 1);
  },
  async 'a value is gone after its seconds'(cache) {
    const made = counting((count) => count as int);
    await cache.of(int, 'brief', { seconds: 0.1 }, made.make);
    await until(async () => (await cache.of(int, 'brief', { seconds: 0.1 }, made.make)) > 1);
  },
  async 'while it is stale one caller makes it anew, and the others get the old one'(cache) {
    const options = { seconds: 0.05, stale: 60 };
    await cache.of(int, 'stale', options, async () => 1 as int);
    const { promise, resolve } = Promise.withResolvers<int>();
    const made = counting(() => promise);
    let renewing: Promise<int> | undefined;
    await until(async () => {
      const asked = cache.of(int, 'stale', options, made.make);
      const quick = await Promise.race([asked, setTimeout(20, undefined)]);
      if (quick === undefined) renewing = asked;
      return made.count > 0;
    });
    equal(await cache.of(int, 'stale', options, made.make), 1);
    resolve(2 as int);
    equal(await renewing, 2);
    equal(made.count, 1);
  },
  async 'what is forgotten is made anew, whatever its type, and nothing else'(cache) {
    const made = counting((count) => count as int);
    await cache.of(int, 'forgotten', FOR, made.make);
    await cache.of(String, 'forgotten', FOR, async () => 'old');
    await cache.of(int, 'other', FOR, made.make);
    await cache.forget('forgotten', 'unknown');
    equal(await cache.of(int, 'forgotten', FOR, made.make), 3);
    equal(await cache.of(String, 'forgotten', FOR, async () => 'new'), 'new');
    equal(await cache.of(int, 'other', FOR, made.make), 2);
  },
  async 'what has a tag is forgotten with it'(cache) {
    const made = counting((count) => count as int);
    for (const key of ['a', 'b'])
      await cache.of(int, key, { ...FOR, tags: ['ab', key] }, made.make);
    await cache.of(int, 'c', { ...FOR, tags: ['c'] }, made.make);
    await cache.forgetTag('ab');
    for (const key of ['a', 'b'])
      ok((await cache.of(int, key, { ...FOR, tags: ['ab', key] }, made.make)) > 3);
    equal(await cache.of(int, 'c', { ...FOR, tags: ['c'] }, made.make), 3);
  },
  async 'what is forgotten while it is made is given to its callers and not kept'(cache) {
    const ways = { key: () => cache.forget('late key'), tag: () => cache.forgetTag('tag') };
    for (const [way, forget] of Object.entries(ways)) {
      const key = `late ${way}`;
      const options = { ...FOR, tags: [way] };
      const { promise: old, resolve } = Promise.withResolvers<int>();
      const begun = Promise.withResolvers<void>();
      const asked = cache.of(int, key, options, () => {
        begun.resolve();
        return old;
      });
      await begun.promise;
      await forget();
      resolve(1 as int);
      equal(await asked, 1);
      equal(await cache.of(int, key, options, async () => 2 as int), 2);
    }
  },
};

/**
 * The checks that every cache has to pass, by name.
 *
 * @param create gives a cache that is empty, or whose keys nobody else uses
 * @example
 * for (const [name, check] of Object.entries(cacheContract(() => new MyCache()))) test(name, check);
 */
export function cacheContract(
  create: () => Cache | Promise<Cache>,
): Readonly<Record<string, () => Promise<void>>> {
  return Object.fromEntries(
    Object.entries(CHECKS).map(([name, check]) => [name, async () => check(await create())]),
  );
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  const patience = performance.now() + 10_000;
  while (!(await condition())) {
    ok(performance.now() < patience, 'It is not so after 10 seconds.');
    await setTimeout(5);
  }
}
