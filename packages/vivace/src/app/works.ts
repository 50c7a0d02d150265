import type { FastifyBaseLogger } from 'fastify';
import type { Work } from '../declare/work';
import { settlesWithin } from '../http/settles-within';
import type { ExtensionWork } from './work';

/** The work of all extensions of a server. */
export class Works {
  readonly #works: readonly ExtensionWork[];
  readonly #log: FastifyBaseLogger;

  constructor(works: readonly ExtensionWork[], log: FastifyBaseLogger) {
    this.#works = works;
    this.#log = log;
  }

  /** Starts all, in the order of the extensions; none waits for another. */
  start(): void {
    for (const work of this.#works) work.start();
  }

  /** @throws RangeError where no extension of this name works */
  async running(extension: string): Promise<Work> {
    const found = this.#works.find((work) => work.extension === extension);
    if (found !== undefined) return found.running();
    const known = this.#works.map((work) => `'${work.extension}'`).join(', ') || 'none';
    throw new RangeError(`No extension '${extension}' works here; there is ${known}.`);
  }

  /** Whether what runs is ready, by extension. */
  get ready(): readonly (readonly [extension: string, ready: boolean])[] {
    return this.#works
      .filter(({ state }) => state !== 'idle')
      .map(({ extension, state }) => [extension, state === 'ready']);
  }

  /** Stops all at once; what fails, or takes longer, is logged and keeps nobody waiting. */
  async stop(milliseconds: number): Promise<void> {
    await Promise.all(this.#works.map((work) => this.#stop(work, milliseconds)));
  }

  async #stop(work: ExtensionWork, milliseconds: number): Promise<void> {
    const of = `The work of the extension '${work.extension}'`;
    try {
      if (await settlesWithin(milliseconds, work.stop(milliseconds))) return;
      this.#log.error(`${of} has not stopped in the time that the server has`);
    } catch (error) {
      this.#log.error({ err: error }, `${of} did not stop cleanly`);
    }
  }
}
