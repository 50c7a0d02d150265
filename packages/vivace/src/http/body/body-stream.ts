import { Readable } from 'node:stream';
import type { Arrival, Receiver } from './arrival';

/** A body as a stream, which takes from the client as fast as it is read itself. */
export class BodyStream extends Readable implements Receiver {
  #arrival: Arrival | undefined;

  readonly #begin: (receiver: Receiver) => Arrival;

  /** @param begin begins the arrival, when the first of it is wanted */
  constructor(begin: (receiver: Receiver) => Arrival) {
    super();
    this.#begin = begin;
  }

  data(chunk: Buffer): void {
    if (!this.push(chunk)) this.#arrival?.pause();
  }
  end(): void {
    this.push(null);
  }
  fail(error: Error): void {
    this.destroy(error);
  }

  override _read(): void {
    if (this.#arrival === undefined) this.#arrival = this.#begin(this);
    else this.#arrival.resume();
  }

  override _destroy(error: Error | null, callback: (error: Error | null) => void): void {
    // Whoever destroys it without an error wants no more of it.
    this.#arrival?.end(error);
    callback(error);
  }
}
