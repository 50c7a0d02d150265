/** The primes below a limit. */
export function sieve(limit: number): readonly number[] {
  const numbers = Array.from({ length: limit }, (_, number) => number).slice(2);
  return numbers.filter((number) => numbers.every((each) => each >= number || number % each !== 0));
}
