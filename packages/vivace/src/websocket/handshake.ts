import type { Response } from '../responses/response';

/** What is only of interest until the connection is open: many are, for a long time. */
export class Handshake {
  /** What it is answered with. */
  readonly verdict = Promise.withResolvers<Response>();
  readonly opening = Promise.withResolvers<void>();

  constructor() {
    // Whoever waits for these hears of an error; perhaps nobody does.
    this.opening.promise.catch(() => {});
    this.verdict.promise.catch(() => {});
  }
}
