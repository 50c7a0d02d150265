import type { Session } from './session';

/** Writes all items that wait for a commit, by the session whose transaction ends. */
export type CommitWriter<T> = (items: readonly T[], session: Session) => unknown;

/** What waits for the commit of a transaction; that of one inside it waits with it, or is gone with it. */
export class CommitTasks {
  readonly #writes = new Map<CommitWriter<never>, unknown[]>();
  readonly #after: (() => unknown)[] = [];

  /** @param outer those of the transaction that this one is a part of */
  constructor(readonly outer?: CommitTasks) {}

  before<T>(write: CommitWriter<T>, items: readonly T[]): void {
    const waiting = this.#writes.get(write);
    if (waiting === undefined) this.#writes.set(write, [...items]);
    else waiting.push(...items);
  }

  after(...tasks: readonly (() => unknown)[]): void {
    this.#after.push(...tasks);
  }

  /** Writes what waits, and what waits because of it. */
  async write(session: Session): Promise<void> {
    for (const [write, items] of this.#writes) {
      this.#writes.delete(write);
      await write(items as never[], session);
    }
  }

  /** What waits for the end of the commit, once. */
  takeAfter(): readonly (() => unknown)[] {
    return this.#after.splice(0);
  }

  /** The transaction around this one decides. */
  handOver(outer: CommitTasks): void {
    for (const [write, items] of this.#writes) outer.before(write as CommitWriter<unknown>, items);
    this.#writes.clear();
    outer.after(...this.takeAfter());
  }

  clear(): void {
    this.#writes.clear();
    this.#after.length = 0;
  }
}
