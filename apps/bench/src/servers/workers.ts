import { Controller, Get, Query, Vivace, type int } from 'vivace';
import { users } from '../business.js';

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

class User {
  id!: int;
  email!: string;
  name!: string;
}

@Controller('/users')
class UserController {
  @Get()
  read(@Query({ ge: 1, le: 100 }) limit: int = 20): User[] {
    return users.slice(0, limit);
  }
}

export const app = new Vivace({ controllers: [PrimeController, UserController], logger: false });
