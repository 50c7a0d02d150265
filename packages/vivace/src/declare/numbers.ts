import { BootError } from '../errors/boot-error';
import type { Where } from '../errors/where';
import { callOf } from './call-site';

const ENVIRONMENT = 'one from the environment is read and checked by a class with @Settings()';

type Numbers = Readonly<Record<string, unknown>>;

/**
 * Refuses options that are no numbers, or below zero. Nothing is more than NaN, which a missing variable of the environment becomes:
 * a limit would be off without a word.
 *
 * @param of the public function that was called with them, or the place where they stand
 * @param positive those that have to be above 0
 * @param natural those that may be 0
 * @throws BootError for the first that is wrong
 */
export function checkNumbers(of: Function | Where, positive: Numbers, natural: Numbers = {}): void {
  for (const [name, value] of Object.entries({ ...positive, ...natural })) {
    const least = name in natural ? 'from' : 'above';
    if (typeof value === 'number' && (value > 0 || (value === 0 && least === 'from'))) continue;
    const seen = typeof value === 'string' ? `the text '${value}'` : String(value);
    throw new BootError(
      'OPTION_NUMBER',
      typeof of === 'function' ? callOf(of, name) : { ...of, parameter: name },
      `It is ${seen}, which limits nothing.`,
      `a number ${least} 0; ${ENVIRONMENT}`,
    );
  }
}

/**
 * Refuses a constraint with NaN: some let everything pass, others nothing.
 *
 * @throws BootError
 */
export function checkConstraint(where: Where, name: string, values: readonly unknown[]): void {
  if (!values.some((value) => Number.isNaN(value))) return;
  throw new BootError(
    'OPTION_NUMBER',
    where,
    `\`${name}\` is NaN, which limits nothing.`,
    `a number; ${ENVIRONMENT}`,
  );
}
