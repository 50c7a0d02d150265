import type { FastifyBaseLogger } from 'fastify';
import { Closing } from 'vivace/extend';
import type { DatabaseSettings } from '../opening/options';
import { databaseOver } from '../opening/open';
import type { ServerDatabase } from '../opening/server-database';
import { databaseName } from '../opening/target';
import { listening } from '../rooms/open-listener';
import { openCopy } from './copies';
import { SharedTransaction } from './shared-transaction';

/** Seals the cursors of tests. */
const CURSOR_KEY = 'the cursors of tests, which nobody else reads';

/** The database of a file of tests, of which each test has a transaction. */
export class TestFile implements AsyncDisposable {
  #begun: Promise<void> | undefined;

  private constructor(
    readonly database: ServerDatabase,
    private readonly transaction: SharedTransaction,
    private readonly opened: Closing,
  ) {}

  static async open(
    settings: DatabaseSettings,
    log: () => FastifyBaseLogger | undefined,
  ): Promise<TestFile> {
    await using closing = new Closing();
    const { url } = closing.use(await openCopy(settings));
    const pool = new SharedTransaction(url);
    await pool.open();
    closing.defer(() => pool.end());
    const database = await databaseOver(pool, pool, databaseName(url), settings, CURSOR_KEY);
    const server: ServerDatabase = {
      ...database,
      url,
      directUrl: url,
      log,
      listen: listening(url, settings),
      notes: [],
      migrations: undefined,
      ping: () => Promise.resolve(true),
    };
    return new TestFile(server, pool, closing.move());
  }

  /** Once a test. */
  begin(): Promise<void> {
    return (this.#begun ??= this.transaction.begin());
  }

  /** Takes all of the test back. */
  async rollback(): Promise<void> {
    const begun = this.#begun;
    this.#begun = undefined;
    if (begun !== undefined) await begun.then(() => this.transaction.rollback());
  }

  takeStatements(): readonly string[] {
    return this.transaction.statements.splice(0);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.opened[Symbol.asyncDispose]();
  }
}
