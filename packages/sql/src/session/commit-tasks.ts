import type { Session } from './session';

/** Writes all items that wait for a commit, by the session whose transaction ends. */
export type CommitWriter<T> = (items: readonly T[], session: Session) => unknown;

/** What waits for the commit of a transaction; that of one inside it waits with it, or is gone with it. */
export class CommitTasks {
  readonly #writes = new Map<CommitWriter<never>, unknown[]>();
  readonly #after: (() => unknown)[] = [];
  readonly #ends: (() => unknown)[] = [];

  /** @param outer those of the transaction that this one is a part of */
  constructor(readonly outer?: CommitTasks) {}

  /** Whether nothing waits for the commit. */
  get isEmpty(): boolean {
    return this.#writes.size === 0 && this.#after.length === 0;
  }

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

  /** Also where it is taken back, and after all others. */
  end(...tasks: readonly (() => unknown)[]): void {
    this.#ends.push(...tasks);
  }

  /** Runs what waits for the end of the commit, or of the rollback, once, and gives what failed. */
  async run(): Promise<readonly unknown[]> {
    const failures: unknown[] = [];
    for (const task of [...this.#after.splice(0), ...this.#ends.splice(0)]) {
      try {
        await task();
      } catch (error) {
        failures.push(error);
      }
    }
    return failures;
  }

  /** The transaction around this one decides. */
  handOver(outer: CommitTasks): void {
    for (const [write, items] of this.#writes) outer.before(write as CommitWriter<unknown>, items);
    this.#writes.clear();
    outer.after(...this.#after.splice(0));
    outer.end(...this.#ends.splice(0));
  }

  /** It is taken back; what waits for its end still does. */
  clear(): void {
    this.#writes.clear();
    this.#after.length = 0;
  }
}

/** Those of a session that has no transaction by itself: there is no commit to wait for. */
export class TasksAtOnce extends CommitTasks {
  /** @param ran has what waits run */
  constructor(private readonly ran: (tasks: CommitTasks) => unknown) {
    super();
  }

  /** @throws TypeError always */
  override before(): never {
    throw new TypeError(
      'A session of a socket or a stream has no transaction by itself: use `db.transactional(…)`.',
    );
  }

  override after(...tasks: readonly (() => unknown)[]): void {
    super.after(...tasks);
    void this.ran(this);
  }

  override end(...tasks: readonly (() => unknown)[]): void {
    super.end(...tasks);
    void this.ran(this);
  }
}
