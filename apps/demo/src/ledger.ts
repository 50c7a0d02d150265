import { dependency } from 'vivace';
import { Library } from './library.js';
import type { Instrument } from './models.js';

/** What a request wants to change; written to the shelves when the handler succeeded, forgotten when it failed. */
export class Ledger {
  readonly #entries: (() => void)[] = [];

  constructor(readonly library: Library) {}

  lend(instrument: Instrument, member: number | null): void {
    this.#entries.push(() => (instrument.lentTo = member));
  }

  commit(): number {
    for (const entry of this.#entries) entry();
    return this.#entries.length;
  }
}

/** A dependency with clean-up: commits after the handler, before the response is sent. */
export const ledger = dependency({ library: Library }, function* ({ library }) {
  const book = new Ledger(library);
  yield book;
  book.commit();
});
