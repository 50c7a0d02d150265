import { randomBytes } from 'node:crypto';

let last = 0n;

/** A UUID of version 7 that is greater than all that this process has made before: they order rows. */
export function uuid7(): string {
  const now = BigInt(Date.now()) << 74n;
  const random = BigInt(`0x${randomBytes(9).toString('hex')}`);
  // 74 random bits below the time; the next one where the time stands still, or goes back.
  const value = now | (random << 1n);
  last = value > last && value >> 74n > last >> 74n ? value : last + 1n;
  const time = last >> 74n;
  const high = (last >> 62n) & 0xfffn;
  const low = last & 0x3fffffffffffffffn;
  const hex = ((time << 80n) | (7n << 76n) | (high << 64n) | (2n << 62n) | low).toString(16);
  return hex.padStart(32, '0').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
