import type { Hostile } from './texts';

const SHORT = 10_000;
const LONG = 100_000;
/** A tenth more than linear would be 11. */
const MOST = 20;
/** Below it, in milliseconds, nobody is harmed, and the machine decides more than the program. */
const HARMLESS = 100;

type Run = (text: string) => unknown;

/**
 * Whether ten times the text takes not much more than ten times the time of the processor: the only measure of time in these tests,
 * taken as the best of three, and once more before it is believed.
 */
export async function isLinear(run: Run, of: Hostile['of']): Promise<boolean> {
  return (await holds(run, of)) || (await holds(run, of));
}

async function holds(run: Run, of: Hostile['of']): Promise<boolean> {
  // What is slow already would take for ever.
  const short = of(SHORT);
  if ((await time(run, short)) > 20 * HARMLESS && (await best(run, short)) > 20 * HARMLESS)
    return false;
  const long = of(LONG);
  if ((await time(run, long)) <= HARMLESS) return true;
  const most = await best(run, long);
  return most <= HARMLESS || most <= MOST * (await best(run, short));
}

async function best(run: Run, text: string): Promise<number> {
  return Math.min(await time(run, text), await time(run, text), await time(run, text));
}

async function time(run: Run, text: string): Promise<number> {
  const start = process.cpuUsage();
  await run(text);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}
