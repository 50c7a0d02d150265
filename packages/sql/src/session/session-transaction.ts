import {
  CompiledQuery,
  DefaultQueryExecutor,
  DummyDriver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  Transaction,
  type Dialect,
} from 'kysely';
import type { QueryConfig, QueryResult } from 'pg';
import type { SessionConnection } from './session-connection';

/** A transaction as MikroORM and kysely hold one; nothing is sent before its first statement. */
export class SessionTransaction extends Transaction<unknown> {
  readonly #connection: SessionConnection;

  constructor(connection: SessionConnection) {
    const provider = { provideConnection: <T>(use: Use<T>) => use(connection) };
    const executor = new DefaultQueryExecutor(COMPILER, ADAPTER, provider);
    super({ config: { dialect: DIALECT }, dialect: DIALECT, driver: DRIVER, executor });
    this.#connection = connection;
  }

  /** @param read whether it changes and locks nothing */
  query(statement: QueryConfig, read: boolean): Promise<QueryResult<object>> {
    return this.#connection.query(statement, read);
  }

  commit(): Command<void> {
    return { execute: () => this.#connection.commit() };
  }
  rollback(): Command<void> {
    return { execute: () => this.#connection.rollback() };
  }
  savepoint(name: string): Command<SessionTransaction> {
    return this.#run(`savepoint "${name}"`, new SessionTransaction(this.#connection));
  }
  rollbackToSavepoint(name: string): Command<SessionTransaction> {
    return this.#run(`rollback to "${name}"`, this);
  }
  releaseSavepoint(name: string): Command<SessionTransaction> {
    return this.#run(`release "${name}"`, this);
  }

  #run<T>(text: string, gives: T): Command<T> {
    return {
      execute: async () => {
        await this.#connection.executeQuery(CompiledQuery.raw(text));
        return gives;
      },
    };
  }
}

type Use<T> = (connection: SessionConnection) => Promise<T>;
interface Command<T> {
  execute(): Promise<T>;
}

const COMPILER = new PostgresQueryCompiler();
const ADAPTER = new PostgresAdapter();
const DRIVER = new DummyDriver();
const DIALECT: Dialect = {
  createAdapter: () => ADAPTER,
  createDriver: () => DRIVER,
  createIntrospector: (db) => new PostgresIntrospector(db),
  createQueryCompiler: () => COMPILER,
};
