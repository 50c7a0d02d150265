import { setInterval } from 'node:timers/promises';
import type { Host, Work } from 'vivace/extend';
import type { DatabaseStore } from './database-store';

/** Milliseconds between two sweeps: nobody sees what is over, it only takes room. */
const PAUSE = 60_000;

/** Deletes what is over as long as the server works. */
export function sweeping(store: DatabaseStore, log: Host['log']): Work {
  const stopping = new AbortController();
  const ended = sweepOn(store, stopping.signal, log);
  return {
    stop: () => {
      stopping.abort();
      return ended;
    },
    idle: () => store.sweep(),
  };
}

async function sweepOn(store: DatabaseStore, signal: AbortSignal, log: Host['log']): Promise<void> {
  try {
    for await (const _ of setInterval(PAUSE, undefined, { signal, ref: false })) {
      await store
        .sweep()
        .catch((error: unknown) => log.warn({ err: error }, 'What is over was not swept'));
    }
  } catch {
    // It is told to stop.
  }
}
