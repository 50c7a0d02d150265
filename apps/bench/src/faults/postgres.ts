import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openEmbedded } from '@vivace/sql/embedded';
import { Client } from 'pg';
import { repository } from '../checkout.js';

/** A real server with a database of its own, to which anything may be done. */
export class Postgres implements AsyncDisposable {
  private constructor(
    readonly url: string,
    private readonly pidFile: string,
    private readonly release: () => Promise<void>,
  ) {}

  /** @param name of the server: what one program does to its own, others shall not feel */
  static async open(name: string): Promise<Postgres> {
    const server = await openEmbedded(join(repository, '.cache', `${name}-data`), 'test');
    const url = new URL(server.url);
    url.pathname = name;
    const [place] = await ask<{ data_directory: string }>(server.url, 'show data_directory');
    await ask(server.url, `drop database if exists ${name} with (force)`);
    await ask(server.url, `create database ${name}`);
    // What was committed is in the log, also when the server is killed at once.
    await ask(server.url, `alter database ${name} set synchronous_commit = on`);
    const pidFile = join(place!.data_directory, 'postmaster.pid');
    return new Postgres(url.href, pidFile, () => server.release());
  }

  /**
   * Asks it what it holds, as soon as it answers.
   *
   * @throws what it says at the end of a minute
   */
  async ask<T extends object>(text: string): Promise<readonly T[]> {
    const end = performance.now() + PATIENCE;
    for (;;) {
      try {
        return await ask<T>(this.url, text);
      } catch (error) {
        if (performance.now() > end) throw error;
        await delay(LOOK);
      }
    }
  }

  /** Kills the server and the processes of its connections. Who holds it starts it again. */
  kill(): void {
    this.#signal('SIGKILL');
  }
  /** Freezes all of it, until it goes on. */
  pause(): void {
    this.#signal('SIGSTOP');
  }
  goOn(): void {
    this.#signal('SIGCONT');
  }
  /** Ends it in order, without waiting for clients. Who holds it starts it again. */
  restart(): void {
    process.kill(this.#pid, 'SIGINT');
  }

  get #pid(): number {
    return Number(readFileSync(this.pidFile, 'utf8').split('\n', 1)[0]);
  }

  #signal(name: NodeJS.Signals): void {
    const pid = this.#pid;
    const children = execFileSync('ps', ['-o', 'pid=', '--ppid', String(pid)], {
      encoding: 'utf8',
    });
    for (const each of [pid, ...children.trim().split(/\s+/).map(Number)])
      try {
        process.kill(each, name);
      } catch {
        // A connection that has just ended.
      }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.release();
  }
}

/** Milliseconds between two looks, and for all of them. */
const LOOK = 20;
const PATIENCE = 60_000;

async function ask<T extends object>(url: string, text: string): Promise<readonly T[]> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: 1000,
    query_timeout: 10_000,
  });
  // What failed is said by the statement that waits for it.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query<T>(text)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}
