import { setTimeout as delay } from 'node:timers/promises';
import { quantile } from '../statistics.js';

/** A queue under test, in a process of its own. */
export interface Contestant {
  /** Puts jobs into the queue, all at once. */
  add(count: number): Promise<void>;
  /** Begins to work, eight jobs at a time, and tells of each that has begun. */
  work(onJob: () => void): Promise<void>;
}

export interface Figures {
  /** Jobs a second, of many that wait when the work begins. */
  readonly rate: number;
  /** Milliseconds from `add` to the begin of a job, where nothing else waits: half of them, and 99 of 100. */
  readonly median: number;
  readonly late: number;
}

const MANY = 2000;
const SINGLE = 200;
/** Milliseconds without a job: the line is idle then, as it mostly is. */
const PAUSE = 20;

/** Measures, and tells whoever started this process. */
export async function tell(contestant: Contestant): Promise<void> {
  let begun = 0;
  let onJob = (): void => undefined;
  await contestant.add(MANY);
  const from = performance.now();
  const all = Promise.withResolvers<void>();
  await contestant.work(() => {
    begun += 1;
    if (begun === MANY) all.resolve();
    onJob();
  });
  await all.promise;
  const rate = MANY / ((performance.now() - from) / 1000);
  const latencies: number[] = [];
  for (let single = 0; single < SINGLE; single += 1) {
    await delay(PAUSE);
    const one = Promise.withResolvers<void>();
    onJob = one.resolve;
    const added = performance.now();
    await contestant.add(1);
    await one.promise;
    latencies.push(performance.now() - added);
  }
  const figures: Figures = {
    rate,
    median: quantile(latencies, 0.5),
    late: quantile(latencies, 0.99),
  };
  process.send?.(figures);
}
