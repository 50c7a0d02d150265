import { setTimeout } from 'node:timers/promises';
import { LockTaken } from './locks';

/** Milliseconds between two tries: the first, and the longest. */
const PAUSES = { first: 10, longest: 100 };

/**
 * Tries until something is there, or the time is over.
 *
 * @param seconds 0: one try; Infinity: until it is there
 * @throws LockTaken; RangeError for what is no time
 */
export async function untilTaken<T>(
  name: string,
  seconds: number,
  take: () => Promise<T | undefined>,
): Promise<T> {
  if (!(seconds >= 0))
    throw new RangeError(`\`wait\` is ${seconds}: a number of seconds from 0 is needed.`);
  const end = performance.now() + seconds * 1000;
  for (let pause = PAUSES.first; ; pause = Math.min(2 * pause, PAUSES.longest)) {
    const taken = await take();
    if (taken !== undefined) return taken;
    const left = end - performance.now();
    if (left <= 0) throw new LockTaken(name);
    // Those who wait for one lock do not all ask at the same time.
    await setTimeout(Math.min(pause * (0.5 + Math.random()), left), undefined, { ref: false });
  }
}
