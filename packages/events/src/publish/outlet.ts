import { setTimeout as delay } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { Session } from '@vivace/sql';
import type { Outgoing } from '../broker/broker';
import { addToOutbox, CHANNEL } from './outbox';

/** Milliseconds between two words to the relay: what comes meanwhile shares the next one. */
const REST = 10;

/** Where the events of one server leave its sessions. */
export class Outlet {
  /** What tests have delivered by hand, in its order. */
  readonly delivered: Outgoing[] = [];
  readonly #pool: Pool;
  #waking = false;
  #again = false;

  /**
   * @param maxMessage bytes of an event
   * @param wakes whether a relay may wait for it: in tests none does
   */
  constructor(
    pool: Pool,
    readonly maxMessage: number,
    private readonly wakes: () => boolean,
  ) {
    this.#pool = pool;
  }

  /** Writes what a transaction has published. */
  readonly write = async (events: readonly Outgoing[], session: Session): Promise<void> => {
    await addToOutbox(session, events);
    if (this.wakes()) session.afterCommit(() => void this.#wake());
  };

  /**
   * After the commit and not in it: transactions that notify are committed one after the other. Those
   * who come soon after share the next one.
   */
  async #wake(): Promise<void> {
    this.#again = true;
    if (this.#waking) return;
    this.#waking = true;
    while (this.#again) {
      this.#again = false;
      // The relay looks each second too.
      await this.#pool.query(`notify ${CHANNEL}`).catch(() => undefined);
      await delay(REST, undefined, { ref: false });
    }
    this.#waking = false;
  }
}
