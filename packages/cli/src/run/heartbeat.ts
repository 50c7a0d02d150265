import { report } from './messages';
import type { WorkerProcess } from './worker-process';

/** Milliseconds between two heartbeats. */
const INTERVAL = 1000;

/** Finds workers whose event loop is blocked: nothing else would end them. */
export class HeartbeatMonitor {
  readonly #missed = new Map<WorkerProcess, number>();

  /**
   * @param most seconds that a worker may be silent
   * @param onSilence called with a worker that was silent for longer
   */
  constructor(most: number, onSilence: (worker: WorkerProcess) => void) {
    // It counts heartbeats and not time: when a machine sleeps, both sides miss them.
    setInterval(() => {
      for (const [worker, missed] of this.#missed) {
        if (!worker.isConnected) continue;
        this.#missed.set(worker, missed + 1);
        if (missed === most) onSilence(worker);
      }
    }, INTERVAL).unref();
  }

  watch(worker: WorkerProcess): void {
    const heard = (): unknown => this.#missed.set(worker, 0);
    heard();
    worker.on(['alive', 'failing', 'holding'], heard);
    void worker.ended.then(() => this.#missed.delete(worker));
  }
}

/** Tells the supervisor every second that this worker's event loop runs. */
export function sendHeartbeats(): void {
  setInterval(() => report({ kind: 'alive' }), INTERVAL).unref();
}
