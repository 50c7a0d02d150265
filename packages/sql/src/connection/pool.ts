import { createPostgreSqlTypeParsers } from '@mikro-orm/sql';
import { Pool, TypeOverrides, types, type PoolClient } from 'pg';
import { statementClient, type StatementListener } from './client';
import { DatabaseDown } from './failure';

/** Milliseconds. */
export interface Timeouts {
  /** Waiting for a connection, also for one of the pool to be free. */
  readonly connect: number;
  /** Zero: as long as it takes. */
  readonly statement: number;
  readonly lock: number;
  /** Without a statement in a transaction. */
  readonly idle: number;
}

export interface PoolOptions {
  /** One server, or several that hold the same and are connected to in turn. */
  readonly urls: readonly string[];
  readonly max: number;
  readonly timeouts: Timeouts;
  /** Behind a proxy of connections the server's limits are said by the role, since it takes no settings with a connection, and nothing is prepared. */
  readonly proxied: boolean;
  readonly onStatement: StatementListener;
  /** Told of connections that break while nobody waits for them. */
  readonly onBroken: (error: Error) => void;
}

/** Milliseconds that the server has to end its own statement before its connection is thrown away. */
const PATIENCE = 1000;

/** Connections whose errors end no process: `DatabaseDown` where there is none to be had. */
export class DatabasePool extends Pool {
  constructor({ urls, max, timeouts, proxied, onStatement, onBroken }: PoolOptions) {
    super({
      max,
      connectionTimeoutMillis: timeouts.connect,
      keepAlive: true,
      types: typeParsers(),
      application_name: 'vivace',
      Client: statementClient(urls, onStatement, !proxied),
      ...(proxied ? { query_timeout: patience(timeouts) } : limitsOf(timeouts)),
    });
    // An error that nobody listens to ends the process, whether the connection is in use or not.
    this.on('connect', (client) =>
      client.on('error', (error) => {
        // A pool that has ended did not wait for its connections to be closed, and the server may be faster.
        if (!this.ending) onBroken(error);
      }),
    );
    this.on('error', () => undefined);
  }

  override connect(): Promise<PoolClient>;
  override connect(callback: Parameters<Pool['connect']>[0]): void;
  override connect(callback?: Parameters<Pool['connect']>[0]): Promise<PoolClient> | void {
    if (callback !== undefined) return super.connect(callback);
    return super.connect().catch((error: unknown) => {
      throw new DatabaseDown(error);
    });
  }
}

/** What a connection to the server itself says of limits. */
export function limitsOf(timeouts: Timeouts) {
  const { statement, lock, idle } = timeouts;
  return {
    query_timeout: patience(timeouts),
    statement_timeout: statement,
    lock_timeout: lock,
    idle_in_transaction_session_timeout: idle,
  };
}

function patience({ statement }: Timeouts): number {
  return statement === 0 ? 0 : statement + PATIENCE;
}

/** Of `text[]`: the one parser of lists that `pg` has under a name. */
const TEXT_LIST = 1009;

/** Values as MikroORM reads them. */
export function typeParsers(): TypeOverrides {
  const overrides = new TypeOverrides();
  const parsers = createPostgreSqlTypeParsers(types.getTypeParser(TEXT_LIST as never));
  for (const [oid, parser] of Object.entries(parsers)) overrides.setTypeParser(Number(oid), parser);
  return overrides;
}
