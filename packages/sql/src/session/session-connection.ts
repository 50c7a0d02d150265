import type { Pool, PoolClient, QueryConfig, QueryResult } from 'pg';
import type { CompiledQuery, DatabaseConnection, QueryResult as Rows } from 'kysely';
import { together } from '../connection/together';
import { isPlainRead } from './plain-read';
import type { SessionNotices } from './notices';
import { Running } from './running';
import { SessionClosed } from './session-closed';
import type { TransactionOptions } from './transaction';

/**
 * The connection of one session: taken from the pool by each plain read and given back, until the first
 * statement that is none begins the transaction, which holds one to its end.
 */
export class SessionConnection implements DatabaseConnection {
  readonly #pool: Pool;
  readonly #begin: string;
  readonly #begins: boolean;
  /** Whether plain reads begin the transaction too. */
  readonly #strict: boolean;
  #held: Promise<PoolClient> | undefined;
  #turn: Turn | undefined;
  #cursors = 0;
  #isClosed = false;
  readonly #statements = new Running();
  readonly #notices: SessionNotices | undefined;
  /** Statements of the transaction that run, and those of them that may change rows. */
  #running = 0;
  #changing = 0;
  #changes = 0;

  /**
   * @param kind of transaction, where it is not the usual one: it is then begun by any statement
   * @param begins false: each statement is sent by itself, as readers do
   */
  constructor(
    pool: Pool,
    { isolation, readOnly }: TransactionOptions = {},
    begins = true,
    notices?: SessionNotices,
  ) {
    const kind = [
      ...(isolation === undefined ? [] : [`isolation level ${isolation}`]),
      ...(readOnly === true ? ['read only'] : []),
    ];
    this.#pool = pool;
    this.#strict = kind.length > 0;
    this.#begin = ['begin', ...kind].join(' ');
    this.#begins = begins;
    this.#notices = notices;
  }

  /** Whether a transaction is held. */
  get hasBegun(): boolean {
    return this.#held !== undefined;
  }

  /** How many statements of the transaction may have changed something. */
  get changes(): number {
    return this.#changes;
  }

  /** No more statements than the one that ends the transaction. */
  close(): void {
    this.#isClosed = true;
  }

  /** Runs a statement, in the transaction unless it is a plain read that comes before it. */
  async query<R extends object>(statement: QueryConfig, read: boolean): Promise<QueryResult<R>> {
    if (this.#isClosed) throw new SessionClosed();
    this.#statements.check();
    if (!this.#begins || (this.#held === undefined && read && !this.#strict))
      return this.#alone(statement);
    return this.#inTransaction(statement, read);
  }

  /** Ends what runs and refuses what follows: nobody waits for it any more. */
  abort(reason: unknown): void {
    this.#statements.abort(reason);
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<Rows<R>> {
    const { command, rowCount, rows } = await this.query<object>(
      { text: sql, values: [...parameters] },
      isPlainRead(sql),
    );
    const changed = CHANGES.has(command) ? { numAffectedRows: BigInt(rowCount ?? 0) } : {};
    return { rows: rows as R[], ...changed };
  }

  async *streamQuery<R>(
    { sql, parameters }: CompiledQuery,
    chunk: number,
  ): AsyncIterableIterator<Rows<R>> {
    const cursor = `vivace_${(this.#cursors += 1)}`;
    const run = async (text: string, values: readonly unknown[] = []): Promise<R[]> =>
      (await this.query<object>({ text, values: [...values] }, false)).rows as R[];
    await run(`declare ${cursor} no scroll cursor for ${sql}`, parameters);
    const fetch = `fetch ${chunk} from ${cursor}`;
    for (let rows = await run(fetch); rows.length > 0; rows = await run(fetch)) yield { rows };
    await run(`close ${cursor}`);
  }

  /**
   * @throws SwallowedFailure if a statement failed and the program went on: PostgreSQL answers `commit`
   *   with a rollback then, and with no error
   */
  async commit(): Promise<void> {
    const command = await this.#end('commit');
    if (command === 'ROLLBACK') throw new SwallowedFailure();
  }

  async rollback(): Promise<void> {
    await this.#end('rollback');
  }

  /** Reads that are asked for before there is a connection share it, and leave together. */
  async #alone<R extends object>(statement: QueryConfig): Promise<QueryResult<R>> {
    const turn = (this.#turn ??= this.#newTurn());
    turn.reads += 1;
    const place = turn.reads;
    const client = await turn.client;
    try {
      return await this.#statements.send<R>(client, this.#inLine(statement, place));
    } catch (error) {
      turn.isBroken ||= isBroken(error);
      throw error;
    } finally {
      turn.reads -= 1;
      if (turn.reads === 0) this.#release(client, turn.isBroken);
    }
  }

  /** It waits for those before it, which may each take their time. */
  #inLine(statement: QueryConfig, place: number): QueryConfig {
    const { query_timeout: patience } = this.#pool.options;
    return place === 1 || patience === undefined
      ? statement
      : Object.assign(statement, { query_timeout: patience * place });
  }

  /** On the one connection, after those before it. */
  async #inTransaction<R extends object>(
    statement: QueryConfig,
    read: boolean,
  ): Promise<QueryResult<R>> {
    const isMixed = read ? this.#changing > 0 : this.#running > 0;
    if (isMixed) this.#notices?.atOnce(statement.text);
    const changes = read ? 0 : 1;
    this.#running += 1;
    this.#changing += changes;
    this.#changes += changes;
    try {
      return await this.#statements.send<R>(await this.#transaction(), statement);
    } finally {
      this.#running -= 1;
      this.#changing -= changes;
    }
  }

  #newTurn(): Turn {
    const client = this.#pool.connect().finally(() => (this.#turn = undefined));
    return { client: client.then(together), reads: 0, isBroken: false };
  }

  /** The order to end a statement may reach the server late: nobody else gets this connection then. */
  #release(client: PoolClient, isBroken: boolean): void {
    client.release(isBroken || this.#statements.isCancelled);
  }

  /** The `begin` is not awaited: what follows it leaves with it. */
  #transaction(): Promise<PoolClient> {
    return (this.#held ??= this.#pool.connect().then((client) => {
      together(client);
      // Where it fails, so does what follows, which is awaited.
      client.query(this.#begin).catch(() => undefined);
      return client;
    }));
  }

  async #end(how: 'commit' | 'rollback'): Promise<string | undefined> {
    const held = this.#held;
    this.#held = undefined;
    this.#changes = 0;
    const client = await held?.catch(() => undefined);
    if (client === undefined) return undefined;
    let failure: unknown;
    try {
      return (await client.query(how)).command;
    } catch (error) {
      failure = error;
      throw error;
    } finally {
      this.#release(client, failure !== undefined);
    }
  }
}

/** Reads on one connection that is given back after them. */
interface Turn {
  readonly client: Promise<PoolClient>;
  reads: number;
  isBroken: boolean;
}

const CHANGES: ReadonlySet<string> = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE']);

/** An error without a code of PostgreSQL is one of the connection. */
function isBroken(error: unknown): boolean {
  return error !== undefined && !(error instanceof Error && 'severity' in error);
}

/** A statement failed, the program went on, and nothing of it was kept. */
export class SwallowedFailure extends Error {
  constructor() {
    super(
      'A statement of this transaction failed and its error was caught, so PostgreSQL kept nothing. ' +
        'Run what may fail in `db.transactional(…)`, which takes only that back.',
    );
    this.name = 'SwallowedFailure';
  }
}
