import type { Worker } from 'node:cluster';

const BEAT = 1000;

/** Finds workers whose event loop does not turn any more: nothing else would end them. */
export class Pulse {
  readonly #silence = new Map<Worker, number>();

  /**
   * @param most seconds that a worker may be silent
   * @param blocked called with a worker that was silent for longer
   */
  constructor(most: number, blocked: (worker: Worker) => void) {
    // Beats are counted instead of time: a machine that slept has missed beats on both sides.
    setInterval(() => {
      for (const [worker, beats] of this.#silence) {
        this.#silence.set(worker, beats + 1);
        if (beats === most) blocked(worker);
      }
    }, BEAT).unref();
  }

  watch(worker: Worker): void {
    const heard = (): unknown => this.#silence.set(worker, 0);
    heard();
    worker.on('message', heard);
    worker.once('exit', () => this.#silence.delete(worker));
  }
}

/** Lets the supervisor know that this worker is alive. */
export function beat(): void {
  setInterval(() => process.connected && process.send?.('alive'), BEAT).unref();
}
