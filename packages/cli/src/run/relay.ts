import { setTimeout as delay } from 'node:timers/promises';
import type { WorkerReport } from './messages';
import type { WorkerProcess } from './worker-process';

/** Milliseconds that workers have to answer what another asks. */
const PATIENCE = 500;

type Answer = Extract<WorkerReport, { kind: 'answer' }>;

/**
 * Passes on what one worker wants to know of all, such as their numbers: each answers for itself,
 * and who does not in time is left out and counted.
 */
export class Relay {
  #asked = 0;
  readonly #workers: () => Iterable<WorkerProcess>;

  /** @param workers those that serve now */
  constructor(workers: () => Iterable<WorkerProcess>) {
    this.#workers = workers;
  }

  watch(worker: WorkerProcess): void {
    worker.on<Extract<WorkerReport, { kind: 'ask' }>>(['ask'], ({ id, topic }) => {
      void this.#ask(topic).then((told) => worker.send({ kind: 'told', id, ...told }));
    });
  }

  async #ask(topic: string) {
    this.#asked += 1;
    const id = this.#asked;
    const workers = [...this.#workers()];
    const answers = await Promise.all(
      workers.map(async (worker) => {
        const answer = this.#answerOf(worker, id);
        worker.send({ kind: 'tell', id, topic });
        return Promise.race([answer, delay(PATIENCE, undefined, { ref: false })]);
      }),
    );
    const told = answers.filter((answer) => answer !== undefined);
    return { answers: told, silent: workers.length - told.length };
  }

  #answerOf(worker: WorkerProcess, id: number): Promise<{ worker: number; text: string }> {
    return new Promise((resolve) => {
      const stop = worker.on<Answer>(['answer'], (answer) => {
        if (answer.id !== id) return;
        stop();
        resolve({ worker: worker.number, text: answer.text });
      });
      // One that stays silent is not listened to for ever.
      setTimeout(() => stop(), PATIENCE).unref();
    });
  }
}
