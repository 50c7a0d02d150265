import type { Rules } from './rule';
import { valueError } from './words';

export const custom = {
  /** A constraint of the user's: the check brings its own test and message. */
  custom: {
    test: () => true,
    explain: () => valueError('Invalid value'),
  },
} satisfies Rules;
