import type { OpenDatabase } from './open-database';
import type { SessionConnection } from './session-connection';

/** What a session and the forks of it that nested transactions make have together. */
export class Unit {
  readonly #tasks: (() => unknown)[] = [];
  #isEnded = false;

  constructor(
    readonly database: OpenDatabase,
    /** Undefined where the session lives too long to hold a transaction: in sockets and streams. */
    readonly connection: SessionConnection | undefined,
  ) {}

  /** @throws SessionClosed after the end */
  check(): void {
    if (this.#isEnded) throw new SessionClosed();
  }

  after(task: () => unknown): void {
    this.check();
    this.#tasks.push(task);
  }

  /** What waits for the commit, once. */
  takeTasks(): readonly (() => unknown)[] {
    return this.#tasks.splice(0);
  }

  /** Keeps what was written. */
  async commit(): Promise<void> {
    this.#isEnded = true;
    await this.connection?.commit();
  }

  /** Takes back what was written. */
  async rollback(): Promise<void> {
    this.#isEnded = true;
    this.#tasks.length = 0;
    await this.connection?.rollback();
  }
}

/** A session was used after the request, job or message that it belonged to. */
export class SessionClosed extends Error {
  readonly code = 'SESSION_CLOSED';

  constructor() {
    super(
      'SESSION_CLOSED: this session has ended with its request, job or message. ' +
        'Work that goes on takes a session of its own: `server.run(job)`.',
    );
    this.name = 'SessionClosed';
  }
}
