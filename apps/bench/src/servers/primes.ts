import { Controller, Get, Query, Vivace, type int } from 'vivace';

class Primes {
  count!: int;
}

/** An operation that is nearly all work: with it the client's share of the machine does not matter. */
@Controller('/primes')
class PrimeController {
  @Get()
  count(@Query({ ge: 2, le: 1_000_000 }) below: int): Primes {
    const composite = new Uint8Array(below);
    let count = 0;
    for (let candidate = 2; candidate < below; candidate++) {
      if (composite[candidate] === 1) continue;
      count++;
      for (let multiple = candidate * candidate; multiple < below; multiple += candidate)
        composite[multiple] = 1;
    }
    return { count };
  }
}

export const app = new Vivace({ controllers: [PrimeController], logger: false });
