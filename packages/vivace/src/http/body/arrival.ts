import type { Readable } from 'node:stream';
import { HTTPException } from '../../errors/http-exception';
import { refusalByCode } from '../plugin-errors';
import type { Stopwatch } from '../stopwatch';
import { endedEarly, tooLarge } from './errors';

/** What becomes of a body that arrives. */
export interface Receiver {
  data(chunk: Buffer): void;
  end(): void;
  /** No more of it comes, and why. */
  fail(error: unknown): void;
}

/**
 * A body on its way from the client. Its bytes are counted and the time is taken; whatever ends the request (the client leaves, time is
 * up, it is too large, it is answered otherwise) ends the arrival, so that nobody waits for ever.
 */
export class Arrival {
  #size = 0;
  #over = false;
  #waiting = false;

  readonly #source: Readable;
  /** In bytes. */
  readonly #limit: number;
  readonly #waited: Stopwatch;
  readonly #receiver: Receiver;

  constructor(source: Readable, limit: number, waited: Stopwatch, receiver: Receiver) {
    this.#source = source;
    this.#limit = limit;
    this.#waited = waited;
    this.#receiver = receiver;
    source
      .on('data', this.#receive)
      .on('end', this.#end)
      .on('error', this.#breakOff)
      .on('close', this.#breakOff)
      // What a plugin put in the place of the message may have been paused.
      .resume();
    this.#wait();
  }

  get over(): boolean {
    return this.#over;
  }

  /** Takes no more for now: it is not the client who is waited for. */
  pause(): void {
    this.#source.pause();
    this.#rest();
  }

  resume(): void {
    if (this.#over) return;
    this.#wait();
    this.#source.resume();
  }

  /** Ends it before its time; what is left stays unread. */
  end(error: unknown): void {
    if (this.#over) return;
    this.#finish();
    this.#source
      .off('data', this.#receive)
      .off('end', this.#end)
      .off('close', this.#breakOff)
      .pause();
    this.#receiver.fail(error);
  }

  readonly #receive = (chunk: Buffer): void => {
    this.#size += chunk.length;
    if (this.#size > this.#limit) this.end(tooLarge());
    else this.#receiver.data(chunk);
  };
  readonly #end = (): void => {
    if (this.#over) return;
    this.#finish();
    // Node would do so when the answer is sent, in a way that makes each event of the message slower.
    this.#source.off('data', this.#receive);
    this.#receiver.end();
  };
  /** The listener for errors stays: one that comes late has nobody else. */
  readonly #breakOff = (error?: unknown): void => {
    // Every message closes in the end: an error is made for those only that end too early.
    if (this.#over) return;
    // A plugin that decodes the body says what is wrong with it.
    const said = error instanceof HTTPException ? error : refusalByCode(error);
    this.end(said ?? endedEarly());
  };

  #finish(): void {
    this.#over = true;
    this.#rest();
  }
  #wait(): void {
    if (this.#waiting) return;
    this.#waiting = true;
    this.#waited.start();
  }
  #rest(): void {
    if (!this.#waiting) return;
    this.#waiting = false;
    this.#waited.stop();
  }
}
