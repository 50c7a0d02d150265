import { setTimeout as delay } from 'node:timers/promises';
import type { Program } from './engine.js';

/** Milliseconds between two looks, and those after which nobody looks any more. */
const LOOK = 50;
const PATIENCE = 120_000;

/** Seconds until all of these say that they are ready. */
export async function readyAgain(programs: readonly Program[]): Promise<number> {
  const begun = performance.now();
  const passed = (): number => performance.now() - begun;
  const becomesReady = async (program: Program): Promise<void> => {
    while (passed() < PATIENCE && !(await isReady(program))) await delay(LOOK);
  };
  await Promise.all(programs.map(becomesReady));
  return passed() / 1000;
}

async function isReady({ url }: Program): Promise<boolean> {
  try {
    return (await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(5000) })).ok;
  } catch {
    return false;
  }
}
