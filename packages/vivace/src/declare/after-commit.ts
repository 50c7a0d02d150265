/**
 * The transaction of a request, a job or a delivery, where an extension gives one: asked for by packages
 * that have something to do when it is there for all to see.
 *
 * @example
 * \@Injectable()
 * class Feed { constructor(private readonly transaction?: AfterCommit) {} }
 */
export abstract class AfterCommit {
  /** Whether there is one now: a socket has none by itself. */
  abstract isInTransaction(): boolean;
  /** Whether it may hold what others do not see yet: it has begun, or rows were read that may have changed. */
  abstract isPending(): boolean;
  /**
   * Writes what was changed so far, and says whether the transaction has begun: what is read in it may
   * be there for nobody else yet, or never.
   */
  abstract hasBegun(): Promise<boolean>;
  /**
   * Runs after the commit, never after a rollback, and at once where there is no transaction; what it
   * throws is logged.
   */
  abstract afterCommit(task: () => unknown): void;
  /** Runs when the transaction has ended, kept or taken back, after what waits for its commit. */
  abstract afterEnd(task: () => unknown): void;
}
