/** How many numbers up to a limit are prime. */
export function primes(limit: number): number {
  let count = 0;
  for (let number = 2; number <= limit; number += 1) {
    let divisor = 2;
    while (divisor * divisor <= number && number % divisor !== 0) divisor += 1;
    if (divisor * divisor > number) count += 1;
  }
  return count;
}
