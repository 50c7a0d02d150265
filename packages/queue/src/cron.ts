import { declareEntry, type Class } from 'vivace/extend';
import { entryOf, recordJob, type JobClass, type Runnable } from './job';

/** When a job runs by the clock. */
export interface Schedule {
  readonly expression: string;
  readonly timeZone: string;
}

const schedules = new WeakMap<object, Schedule>();

/**
 * Runs a job by the clock, once in all processes together; the class is a job also without `@Job`.
 * What was missed while no process ran is run once. While one waits or runs, no second is added.
 *
 * @param expression minute, hour, day of the month, month and day of the week
 * @param options.timeZone that of the expression, `UTC` by default
 * @example
 * \@Cron('0 3 * * *', { timeZone: 'Europe/Berlin' })
 * class ForgetOldOrders {
 *   async run(): Promise<void> { … }
 * }
 */
export function Cron(
  expression: string,
  options: { readonly timeZone?: string } = {},
): <T extends Runnable>(target: JobClass<T>) => void {
  return (target) => {
    const { timeZone = 'UTC' } = options;
    schedules.set(target, { expression, timeZone });
    recordJob(target, {});
    declareEntry({ kind: 'cron', ...entryOf(target, expression) });
  };
}

/** Undefined for a class without `@Cron` of its own. */
export function scheduleOf(type: Class): Schedule | undefined {
  return schedules.get(type);
}
