/**
 * Milliseconds, the same in memory and in Redis, which takes neither 0 nor what has no end.
 *
 * @param option what the program calls it
 * @throws RangeError for what is no time
 */
export function milliseconds(option: string, seconds: number): number {
  if (seconds > 0 && Number.isSafeInteger(Math.ceil(seconds * 1000)))
    return Math.ceil(seconds * 1000);
  throw new RangeError(`\`${option}\` is ${seconds}: a number of seconds above 0 is needed.`);
}
