import { Client, Pool, type PoolClient, type QueryConfig, type QueryResult } from 'pg';
import { statementClient } from '../connection/client';
import { typeParsers } from '../connection/pool';
import { FORGET_ALL } from '../migrations/own-tables';

/** Milliseconds that a transaction waits for another one. */
const PATIENCE = 10_000;

type Statement = string | QueryConfig;

/**
 * Connections that are one, in a transaction that is taken back: what sessions begin and end are
 * savepoints of it.
 */
export class SharedTransaction extends Pool {
  /** What was sent, in the words of the program. */
  readonly statements: string[] = [];
  readonly #client: Client;
  #line: Promise<unknown> = Promise.resolve();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(url: string) {
    super();
    const StatementClient = statementClient([url], () => undefined);
    this.#client = new StatementClient({ types: typeParsers() });
    this.#client.on('error', () => undefined);
  }

  async open(): Promise<void> {
    await this.#client.connect();
  }

  async begin(): Promise<void> {
    await this.#client.query('begin');
  }

  /** What a store has kept is outside of the transaction. */
  async rollback(): Promise<void> {
    await this.#inLine(() => this.#client.query(`rollback; ${FORGET_ALL}`));
  }

  override connect(): Promise<PoolClient>;
  override connect(callback: Parameters<Pool['connect']>[0]): void;
  override connect(): Promise<PoolClient> {
    const connection = new SavepointConnection(this.#client, {
      inLine: (run) => this.#inLine(run),
      turn: () => this.#nextTurn(),
      note: (text) => void this.statements.push(text),
    });
    const query = (statement: Statement, values?: unknown[]) => connection.query(statement, values);
    // The rest of a connection is that of the one below.
    const facade = Object.create(this.#client) as PoolClient;
    return Promise.resolve(Object.assign(facade, { query, release: () => connection.release() }));
  }

  /** That of the pool takes its connections another way. */
  override query = (async (statement: Statement, values?: unknown[]) => {
    const connection = await this.connect();
    try {
      return await connection.query(statement as string, values);
    } finally {
      connection.release();
    }
  }) as Pool['query'];

  override async end(): Promise<void> {
    await this.#client.end();
  }

  /** One after the other: a statement that fails is taken back before the next one. */
  #inLine<T>(run: () => Promise<T>): Promise<T> {
    const done = this.#line.then(run);
    this.#line = done.catch(() => undefined);
    return done;
  }

  /** Savepoints lie inside each other, so transactions of a test come one after the other. */
  async #nextTurn(): Promise<() => void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const before = this.#turn;
    this.#turn = before.then(() => promise);
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => late.reject(new TwoTransactions()), PATIENCE);
    try {
      await Promise.race([before, late.promise]);
    } catch (error) {
      resolve();
      throw error;
    } finally {
      clearTimeout(timer);
    }
    return resolve;
  }
}

/** What a connection asks of the transaction that it is part of. */
interface Line {
  inLine<T>(run: () => Promise<T>): Promise<T>;
  turn(): Promise<() => void>;
  note(text: string): void;
}

class SavepointConnection {
  readonly #client: Client;
  readonly #line: Line;
  /** Ends the transaction of this connection; undefined where it has none. */
  #leave: (() => void) | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(client: Client, line: Line) {
    this.#client = client;
    this.#line = line;
  }

  /** In the order in which they are sent: a session does not wait for its `begin`. */
  query(statement: Statement, values?: unknown[]): Promise<QueryResult> {
    const done = this.#last.then(() => this.#run(statement, values));
    this.#last = done.catch(() => undefined);
    return done;
  }

  async #run(statement: Statement, values?: unknown[]): Promise<QueryResult> {
    const text = typeof statement === 'string' ? statement : statement.text;
    this.#line.note(text);
    if (BEGIN.test(text)) return this.#begin();
    if (this.#leave === undefined)
      return this.#line.inLine(() => this.#alone(() => this.#client.query(statement, values)));
    if (COMMIT.test(text)) return this.#line.inLine(() => this.#commit());
    if (ROLLBACK.test(text)) return this.#line.inLine(() => this.#rollback());
    return this.#line.inLine(() => this.#client.query(statement, values));
  }

  release(): void {
    this.#end();
  }

  async #begin(): Promise<QueryResult> {
    this.#leave = await this.#line.turn();
    return this.#line.inLine(() => this.#client.query('savepoint session'));
  }

  /** A statement without a transaction: where it fails, only that is taken back. */
  async #alone(run: () => Promise<QueryResult>): Promise<QueryResult> {
    await this.#client.query('savepoint statement');
    try {
      return await run();
    } catch (error) {
      await this.#client.query('rollback to savepoint statement');
      throw error;
    } finally {
      await this.#client.query('release savepoint statement');
    }
  }

  /** As PostgreSQL does: checks what waits for the commit, and keeps nothing where a statement failed. */
  async #commit(): Promise<QueryResult> {
    try {
      await this.#client.query('set constraints all immediate');
      await this.#client.query('set constraints all deferred');
      const result = await this.#client.query('release savepoint session');
      return { ...result, command: 'COMMIT' };
    } catch (error) {
      const result = await this.#rollback();
      if ((error as { code?: string }).code === IN_FAILED_TRANSACTION) return result;
      throw error;
    } finally {
      this.#end();
    }
  }

  async #rollback(): Promise<QueryResult> {
    await this.#client.query('rollback to savepoint session');
    const result = await this.#client.query('release savepoint session');
    this.#end();
    return { ...result, command: 'ROLLBACK' };
  }

  #end(): void {
    this.#leave?.();
    this.#leave = undefined;
  }
}

const BEGIN = /^\s*(?:begin|start transaction)\b/i;
const COMMIT = /^\s*commit\b/i;
const ROLLBACK = /^\s*rollback\s*(?:;\s*)?$/i;
const IN_FAILED_TRANSACTION = '25P02';

/** Two transactions of one test wait for each other. */
class TwoTransactions extends Error {
  constructor() {
    super(
      'A second transaction waits for the first one, and a test with rollback() has one connection: use fresh().',
    );
    this.name = 'TwoTransactions';
  }
}
