import { Client } from 'pg';

/** Any number that nobody else takes: of the advisory lock that stands for "I use this server". */
const IN_USE = 8_482_231;

/** A connection that says: this server is in use. It ends with its process, however that ends. */
export class Lease {
  readonly #client: Client;

  private constructor(client: Client) {
    this.#client = client;
  }

  /**
   * Connects, and waits until the server is ready.
   *
   * @param url with the database `postgres`
   */
  static async take(url: string): Promise<Lease> {
    const client = new Client({ connectionString: url, connectionTimeoutMillis: 5000 });
    // A lease whose server is gone has nothing left to give back.
    client.on('error', () => undefined);
    await client.connect();
    try {
      await client.query('select pg_advisory_lock_shared($1)', [IN_USE]);
      await client.query(`select set_config('application_name', 'vivace lease', false)`);
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
    return new Lease(client);
  }

  /** Makes a database where there is none of that name. */
  async ensureDatabase(name: string): Promise<void> {
    const { rowCount } = await this.#client.query('select from pg_database where datname = $1', [
      name,
    ]);
    if (rowCount !== 0) return;
    try {
      await this.#client.query(`create database ${this.#client.escapeIdentifier(name)}`);
    } catch (error) {
      // Another process was faster: 42P04, or 23505 where both were at it.
      if (!['42P04', '23505'].includes((error as { code?: string }).code ?? '')) throw error;
    }
  }

  /**
   * Gives the lease back.
   *
   * @param last called when nobody else has one: ends the server before anybody can take one
   */
  async release(last: () => Promise<void>): Promise<void> {
    try {
      await this.#client.query('select pg_advisory_unlock_shared($1)', [IN_USE]);
      const { rows } = await this.#client.query<{ alone: boolean }>(
        'select pg_try_advisory_lock($1) as alone',
        [IN_USE],
      );
      if (rows[0]?.alone === true) await last();
    } catch {
      // The server has ended already.
    }
    await this.#client.end().catch(() => undefined);
  }
}
