/** When and how a job is added. */
export interface AddOptions {
  /** Seconds before it may run. */
  readonly delay?: number;
  /** When it may run, in place of `delay`. */
  readonly at?: Date;
  /** While one with this key waits or runs, another is not added and its id is given. */
  readonly key?: string;
  /** Higher ones run first; that of the class by default. From -1,000,000 to 1,000,000. */
  readonly priority?: number;
}

/** The least and the most. */
export const PRIORITIES = [-1_000_000, 1_000_000] as const;

/** Seconds: a hundred years. */
const LONGEST = 3_155_760_000;
/** Milliseconds of the years that databases and JavaScript write alike. */
const YEAR_1 = Date.parse('0001-01-01T00:00:00Z');
const YEAR_9999 = Date.parse('9999-01-01T00:00:00Z');

/**
 * When a job may run, as pg-boss is told, which would run it at once where it cannot read that.
 *
 * @throws RangeError for what is no time
 */
export function startOf({ delay = 0, at }: AddOptions): Date | number {
  if (at === undefined) {
    if (delay <= LONGEST) return Math.max(delay, 0);
    throw new RangeError(`\`delay\` is ${delay}: seconds up to ${LONGEST} are needed.`);
  }
  const time = at.getTime();
  if (time >= YEAR_1 && time < YEAR_9999) return at;
  throw new RangeError(`\`at\` is ${String(at)}: a time of the years 1 to 9998 is needed.`);
}

/** @throws RangeError for what is no priority */
export function checkedPriority(priority: number): number {
  const [least, most] = PRIORITIES;
  if (Number.isInteger(priority) && priority >= least && priority <= most) return priority;
  throw new RangeError(
    `\`priority\` is ${priority}: a whole number from ${least} to ${most} is needed.`,
  );
}
