import { tracingChannel } from 'node:diagnostics_channel';

/** Milliseconds between two looks at the clock, and how much of what is between two looks is counted. */
const TICK = 10;
const MOST = 50;

/**
 * Tells how many milliseconds a command to Redis has kept whoever sent it, when it is longer than any
 * before. A stretch for which the process itself stood still, frozen or without a processor, counts as
 * 50 ms: nobody waits for Redis then.
 */
export function tellWaits(tell: (milliseconds: number) => void): void {
  let counted = 0;
  let looked = performance.now();
  const clock = (): number => {
    const now = performance.now();
    counted += Math.min(now - looked, MOST);
    looked = now;
    return counted;
  };
  setInterval(clock, TICK).unref();
  const begins = new WeakMap<object, number>();
  let longest = 0;
  const end = (command: object): void => {
    const wait = clock() - (begins.get(command) ?? counted);
    if (wait > longest) tell((longest = wait));
  };
  tracingChannel<unknown, object>('ioredis:command').subscribe({
    start: (command) => void begins.set(command, clock()),
    end: () => undefined,
    asyncStart: end,
    asyncEnd: () => undefined,
    error: () => undefined,
  });
}
