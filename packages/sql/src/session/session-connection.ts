import type { Pool, PoolClient, QueryConfig, QueryResult } from 'pg';
import type {
  CompiledQuery,
  DatabaseConnection,
  QueryResult as Rows,
  TransactionSettings,
} from 'kysely';
import { isPlainRead } from './plain-read';

/**
 * The connection of one session: taken from the pool by each plain read and given back, until the first
 * statement that is none begins the transaction, which holds one to its end.
 */
export class SessionConnection implements DatabaseConnection {
  readonly #pool: Pool;
  #begin = 'begin';
  /** Whether plain reads begin the transaction too. */
  #strict = false;
  #held: Promise<PoolClient> | undefined;
  #cursors = 0;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** Said before the first statement: the kind of transaction. It is then begun by any statement. */
  prepare({ isolationLevel, accessMode }: TransactionSettings): void {
    const kind = [isolationLevel && `isolation level ${isolationLevel}`, accessMode];
    const said = kind.filter((each) => each !== undefined);
    this.#strict = said.length > 0;
    if (this.#strict) this.#begin = `begin ${said.join(' ')}`;
  }

  /** Runs a statement, in the transaction unless it is a plain read that comes before it. */
  async query<R extends object>(statement: QueryConfig, read: boolean): Promise<QueryResult<R>> {
    if (this.#held === undefined && read && !this.#strict) return this.#read(statement);
    const client = await this.#transaction();
    return client.query<R>(statement);
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

  async #read<R extends object>(statement: QueryConfig): Promise<QueryResult<R>> {
    const client = await this.#pool.connect();
    let failure: unknown;
    try {
      return await client.query<R>(statement);
    } catch (error) {
      failure = error;
      throw error;
    } finally {
      client.release(isBroken(failure));
    }
  }

  /** The `begin` is not awaited: what follows it waits in the same line. */
  #transaction(): Promise<PoolClient> {
    return (this.#held ??= this.#pool.connect().then((client) => {
      // Where it fails, so does what follows, which is awaited.
      client.query(this.#begin).catch(() => undefined);
      return client;
    }));
  }

  async #end(how: 'commit' | 'rollback'): Promise<string | undefined> {
    const held = this.#held;
    this.#held = undefined;
    const client = await held?.catch(() => undefined);
    if (client === undefined) return undefined;
    let failure: unknown;
    try {
      return (await client.query(how)).command;
    } catch (error) {
      failure = error;
      throw error;
    } finally {
      client.release(failure !== undefined);
    }
  }
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
