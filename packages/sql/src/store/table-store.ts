import { createHash } from 'node:crypto';
import type { QueryResult, QueryResultRow } from 'pg';
import type { Store } from 'vivace/middleware';

/** A connection, or several. */
export interface Connection {
  query<R extends QueryResultRow>(text: string, values: unknown[]): Promise<QueryResult<R>>;
}

/** Rows that one statement of a sweep deletes: it locks no more than these. */
const BATCH = 1000;

/**
 * A store in a table of the schema `vivace`. Each call is one statement, and the time that counts is
 * that of the database, so that processes whose clocks differ agree.
 */
export class TableStore implements Store {
  readonly shared = true;
  readonly #connection: Connection;
  readonly #sql: Statements;

  constructor(connection: Connection, table: 'vivace.store' | 'vivace.volatile') {
    this.#connection = connection;
    this.#sql = statementsOn(table);
  }

  async get(key: string): Promise<string | undefined> {
    const { rows } = await this.#run<{ value: Buffer }>(this.#sql.get, key);
    return rows[0]?.value.toString();
  }

  async set(key: string, value: string, options?: { readonly seconds?: number }): Promise<void> {
    await this.#run(this.#sql.set, key, Buffer.from(value), options?.seconds);
  }

  replace(key: string, value: string, options?: { readonly seconds?: number }): Promise<boolean> {
    return this.#changes(this.#sql.replace, key, Buffer.from(value), options?.seconds);
  }

  setIfAbsent(
    key: string,
    value: string,
    options?: { readonly seconds?: number },
  ): Promise<boolean> {
    return this.#changes(this.#sql.setIfAbsent, key, Buffer.from(value), options?.seconds);
  }

  async delete(key: string): Promise<void> {
    await this.#run(this.#sql.delete, key);
  }

  async increment(
    key: string,
    by: number,
    seconds: number,
  ): Promise<{ value: number; seconds: number }> {
    const { rows } = await this.#run<{ value: Buffer; seconds: number }>(
      this.#sql.increment,
      key,
      by,
      seconds,
    );
    const [{ value, seconds: left }] = rows as [(typeof rows)[0]];
    return { value: Number(value.toString()), seconds: left };
  }

  /** Deletes what is over. */
  async sweep(): Promise<void> {
    for (;;) {
      const { rowCount } = await this.#connection.query(this.#sql.sweep, []);
      if ((rowCount ?? 0) < BATCH) return;
    }
  }

  async #changes(statement: string, key: string, ...values: unknown[]): Promise<boolean> {
    return (await this.#run(statement, key, ...values)).rowCount === 1;
  }

  #run<R extends QueryResultRow>(
    statement: string,
    key: string,
    ...values: unknown[]
  ): Promise<QueryResult<R>> {
    const digest = createHash('sha256').update(key).digest();
    return this.#connection.query<R>(statement, [digest, ...values]);
  }
}

type Statements = ReturnType<typeof statementsOn>;

function statementsOn(table: string) {
  const end = `coalesce(now() + $3::float8 * interval '1 second', 'infinity')`;
  const insert = `insert into ${table} as kept (key, value, expires)`;
  const update =
    'on conflict (key) do update set value = excluded.value, expires = excluded.expires';
  const added = `convert_to((convert_from(kept.value, 'UTF8')::float8 + $2::float8)::text, 'UTF8')`;
  return {
    get: `select value from ${table} where key = $1 and expires > now()`,
    set: `${insert} values ($1, $2, ${end}) ${update}`,
    replace: `update ${table} set value = $2, expires = ${end} where key = $1 and expires > now()`,
    setIfAbsent: `${insert} values ($1, $2, ${end}) ${update} where kept.expires <= now()`,
    delete: `delete from ${table} where key = $1`,
    increment: `${insert} values ($1, convert_to($2::float8::text, 'UTF8'), ${end})
      on conflict (key) do update set
        value = case when kept.expires > now() then ${added} else excluded.value end,
        expires = case when kept.expires > now() and kept.expires < 'infinity'
          then kept.expires else excluded.expires end
      returning value, extract(epoch from expires - now())::float8 as seconds`,
    sweep: `delete from ${table} where key in
      (select key from ${table} where expires <= now() limit ${BATCH} for update skip locked)`,
  };
}
