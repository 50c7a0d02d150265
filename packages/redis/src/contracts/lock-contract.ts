import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { once } from 'node:events';
import { LockTaken, type Lock, type Locks } from '../locks/locks';

const CHECKS: Readonly<Record<string, (locks: Locks) => Promise<void>>> = {
  async 'one has it at a time, and others may have other locks'(locks) {
    await using first = await locks.acquire('a', { seconds: 60 });
    await rejects(locks.acquire('a', { seconds: 60 }), LockTaken);
    await using other = await locks.acquire('b', { seconds: 60 });
    deepEqual([first.signal.aborted, other.signal.aborted], [false, false]);
  },
  async 'a time that is none is refused'(locks) {
    for (const seconds of [0, -1, NaN, Infinity])
      await rejects(locks.acquire('a', { seconds }), RangeError);
    await using lock = await locks.acquire('a', { seconds: 60 });
    for (const wait of [-1, NaN])
      await rejects(locks.acquire('a', { seconds: 60, wait }), RangeError);
    await rejects(lock.extend(0), RangeError);
  },
  async 'it is given back at the end of the block, and the signal is not aborted by that'(locks) {
    let signal: AbortSignal;
    {
      await using lock = await locks.acquire('a', { seconds: 60 });
      signal = lock.signal;
    }
    await using _ = await locks.acquire('a', { seconds: 60 });
    equal(signal.aborted, false);
  },
  async 'whoever waits gets it when it is free'(locks) {
    const first = await locks.acquire('a', { seconds: 60 });
    const waiting = locks.acquire('a', { seconds: 60, wait: 30 });
    await first[Symbol.asyncDispose]();
    await using second = await waiting;
    ok(second.token > first.token);
  },
  async 'of many that want it, each has it alone, with a number that only grows'(locks) {
    let holders = 0;
    const tokens: number[] = [];
    await Promise.all(
      Array.from({ length: 10 }, async () => {
        await using lock = await locks.acquire('a', { seconds: 60, wait: 60 });
        tokens.push(lock.token);
        equal((holders += 1), 1);
        await new Promise((resolve) => setImmediate(resolve));
        holders -= 1;
      }),
    );
    deepEqual(
      tokens,
      [...new Set(tokens)].toSorted((a, b) => a - b),
    );
  },
  async 'its time ends it: the signal is aborted, and another may have it, with a greater number'(
    locks,
  ) {
    const first = await locks.acquire('a', { seconds: 0.1 });
    await aborted(first);
    await using second = await locks.acquire('a', { seconds: 60, wait: 30 });
    ok(second.token > first.token);
    await rejects(first.extend(60), LockTaken);
    await first[Symbol.asyncDispose]();
    await rejects(locks.acquire('a', { seconds: 60 }), LockTaken);
  },
  async 'it is held for longer where it is extended'(locks) {
    await using lock = await locks.acquire('a', { seconds: 5 });
    await lock.extend(60);
    const short = await locks.acquire('b', { seconds: 60 });
    await short.extend(0.1);
    await aborted(short);
    await using _ = await locks.acquire('b', { seconds: 60, wait: 30 });
    equal(lock.signal.aborted, false);
  },
  async 'a late writer is refused by its number'(locks) {
    const row = { stock: 3, token: 0 };
    const write = (stock: number, { token }: Lock): boolean => {
      if (token < row.token) return false;
      Object.assign(row, { stock, token });
      return true;
    };
    const late = await locks.acquire('a', { seconds: 0.1 });
    await aborted(late);
    await using next = await locks.acquire('a', { seconds: 60, wait: 30 });
    deepEqual([write(2, next), write(99, late), row.stock], [true, false, 2]);
  },
};

/**
 * The checks that all locks have to pass, by name.
 *
 * @param create gives locks that nobody holds
 * @example
 * for (const [name, check] of Object.entries(lockContract(() => new MyLocks()))) test(name, check);
 */
export function lockContract(
  create: () => Locks | Promise<Locks>,
): Readonly<Record<string, () => Promise<void>>> {
  return Object.fromEntries(
    Object.entries(CHECKS).map(([name, check]) => [name, async () => check(await create())]),
  );
}

async function aborted({ signal }: Lock): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
  ok(signal.reason instanceof LockTaken);
}
