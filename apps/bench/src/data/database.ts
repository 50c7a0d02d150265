import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openEmbedded } from '@vivace/sql/embedded';
import { Client } from 'pg';
import { repository } from '../checkout.js';
import { SCHEMA } from './tables.js';

/** A database with the rows that all servers are asked for. */
export class BenchDatabase implements AsyncDisposable {
  private constructor(
    readonly url: string,
    readonly admin: Client,
    readonly postmaster: number | undefined,
    readonly release: () => Promise<void>,
  ) {}

  /** On the server of `BENCH_DATABASE_URL`, else on the embedded one. */
  static async open(): Promise<BenchDatabase> {
    const given = process.env['BENCH_DATABASE_URL'];
    const server =
      given === undefined
        ? await openEmbedded(join(repository, '.cache', 'bench-data'), 'test')
        : { url: given, release: async () => {} };
    const name = 'vivace_bench';
    const root = new Client(server.url);
    await root.connect();
    await root.query(`drop database if exists ${name} with (force)`);
    await root.query(`create database ${name}`);
    await root.end();
    const url = new URL(server.url);
    url.pathname = `/${name}`;
    const admin = new Client(url.href);
    await admin.connect();
    await admin.query(SCHEMA);
    const { rows } = await admin.query<{ pid: number }>('select pg_backend_pid() as pid');
    return new BenchDatabase(url.href, admin, parentOf(rows[0]?.pid), () => server.release());
  }

  /** What rounds may have changed is as it was: versions of posts, and balances. */
  async restore(): Promise<void> {
    await this.admin.query(`
      delete from posts where id > 100000;
      update posts set version = 1 where version > 1;
      -- What the last load left behind may still be at work, in the order of ids.
      select from accounts order by id for update;
      update accounts set balance = 1000000000;
    `);
  }

  /** Microseconds of CPU time of PostgreSQL; undefined where this system does not tell. */
  cpu(): number | undefined {
    if (this.postmaster === undefined) return undefined;
    const ended = timesOf(this.postmaster).slice(0, 4);
    const living = childrenOf(this.postmaster).flatMap((pid) => timesOf(pid).slice(0, 2));
    return [...ended, ...living].reduce((sum, ticks) => sum + ticks, 0) * MICROSECONDS_PER_TICK;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.admin.end();
    await this.release();
  }
}

/** Linux counts in hundredths of a second, whatever its clock does. */
const MICROSECONDS_PER_TICK = 10_000;

/** User and system time of a process in ticks, then those of its ended children; empty for one that is gone. */
function timesOf(pid: number): readonly number[] {
  return statOf(pid).slice(11, 15).map(Number);
}

function parentOf(pid: number | undefined): number | undefined {
  const parent = pid === undefined ? undefined : statOf(pid)[1];
  return parent === undefined ? undefined : Number(parent);
}

function childrenOf(parent: number): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && statOf(Number(name))[1] === String(parent))
    .map(Number);
}

/** What Linux says of a process, from its state on; the name before it may hold blanks. */
function statOf(pid: number): readonly string[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}
