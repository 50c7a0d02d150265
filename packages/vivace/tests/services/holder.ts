import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const HOLDER = join(__dirname, 'program.mjs');

/** A process that holds a service. */
export class Holder implements AsyncDisposable {
  readonly #process;
  readonly #lines: AsyncIterator<string, undefined>;
  readonly #ended: Promise<unknown>;
  /** The port of the server that it holds, or why there is none. */
  readonly said: Promise<string | undefined>;

  constructor(folder: string) {
    this.#process = spawn(process.execPath, [HOLDER, folder], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#ended = once(this.#process, 'exit');
    this.#lines = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]();
    this.said = this.#line();
  }

  async #line(): Promise<string | undefined> {
    return (await this.#lines.next()).value;
  }

  /** It gives back what it holds, and says when that is done. */
  async leave(): Promise<void> {
    this.#process.stdin.write('leave\n');
    await this.#line();
    await this.#ended;
  }

  /** From now on it sees nothing. */
  pause(): void {
    this.#process.kill('SIGSTOP');
  }

  async kill(): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.#ended;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.kill();
  }
}
