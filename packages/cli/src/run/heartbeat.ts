import type { Worker } from 'node:cluster';
import { report } from './messages';

/** Milliseconds between two heartbeats. */
const INTERVAL = 1000;

/** Finds workers whose event loop does not turn any more: nothing else would end them. */
export class HeartbeatMonitor {
  readonly #missed = new Map<Worker, number>();

  /**
   * @param most seconds that a worker may be silent
   * @param onSilence called with a worker that was silent for longer
   */
  constructor(most: number, onSilence: (worker: Worker) => void) {
    // Heartbeats are counted instead of time: a machine that slept has missed them on both sides.
    setInterval(() => {
      for (const [worker, missed] of this.#missed) {
        this.#missed.set(worker, missed + 1);
        if (missed === most) onSilence(worker);
      }
    }, INTERVAL).unref();
  }

  watch(worker: Worker): void {
    const heard = (): unknown => this.#missed.set(worker, 0);
    heard();
    worker.on('message', heard);
    worker.once('exit', () => this.#missed.delete(worker));
  }
}

/** Lets the supervisor know, for as long as it lives, that this worker does. */
export function sendHeartbeats(): void {
  setInterval(() => report({ kind: 'alive' }), INTERVAL).unref();
}
