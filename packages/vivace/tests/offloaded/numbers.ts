import { sieve } from './sieve.js';

export function hash(rounds: number): number {
  let value = 0;
  for (let round = 0; round < rounds; round++) value = (value * 31 + round) % 1_000_003;
  return value;
}

export const primes = (limit: number): number => sieve(limit).length;
