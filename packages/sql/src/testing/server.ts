import { Client } from 'pg';
import { openEmbedded, type EmbeddedServer } from '../embedded/embedded';
import { projectRoot } from '../opening/project';
import { testAddress, withDatabase } from '../opening/target';

/** To the end of the process, so that tests which follow each other find the server running. */
let held: Promise<EmbeddedServer> | undefined;

/** The server of tests, as somebody who makes and drops databases. */
export class TestServer implements AsyncDisposable {
  private constructor(
    readonly url: string,
    private readonly client: Client,
  ) {}

  /** `TEST_DATABASE_URL`, else the embedded one. */
  static async open(): Promise<TestServer> {
    const url = testAddress() ?? (await (held ??= openEmbedded(projectRoot(), 'test'))).url;
    const client = new Client({ connectionString: withDatabase(url, 'postgres') });
    // What failed is said by the statement that waits for it.
    client.on('error', () => undefined);
    await client.connect();
    return new TestServer(url, client);
  }

  async run<T extends object>(
    text: string,
    values: readonly unknown[] = [],
  ): Promise<readonly T[]> {
    return (await this.client.query<T>(text, [...values])).rows;
  }

  /** Makes a database as a copy of another, in the way that is fast for small ones. */
  async copy(name: string, template: string): Promise<void> {
    const [server] = await this.run<{ version: number }>(
      `select current_setting('server_version_num')::int as version`,
    );
    const strategy = server!.version >= 150_000 ? ' strategy file_copy' : '';
    await this.run(`create database ${name} template ${template}${strategy}`);
    await this.touch(name);
  }

  /** Drops a database, whoever is connected to it. */
  async drop(name: string): Promise<void> {
    await this.run(`drop database if exists ${name} with (force)`);
  }

  /** Says that a database was used now: those that nobody uses any more are dropped. */
  async touch(name: string): Promise<void> {
    await this.run(`comment on database ${name} is '${new Date().toISOString()}'`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.client.end().catch(() => undefined);
  }
}
