import type { PoolClient } from 'pg';
import type { Session } from '@vivace/sql';
import type { Outgoing } from '../broker/broker';

/** Where the tables of this package are, and those of pg-boss that carry events. */
export const SCHEMA = 'vivace_events';
const OUTBOX = `${SCHEMA}.event_outbox`;
export const HANDLED = `${SCHEMA}.event_handled`;

/** Notified when there is something for the relay, or for consumers of the database. */
export const CHANNEL = 'vivace_events';

/** The tables of this package. */
export const OWN_TABLES = `
  create schema if not exists ${SCHEMA};
  create table if not exists ${OUTBOX} (
    position bigint generated always as identity primary key,
    id text not null,
    topic text not null,
    key text not null,
    value text not null,
    headers json not null
  );
  create table if not exists ${HANDLED} (
    consumer text not null,
    event text not null,
    handled timestamptz not null default now(),
    primary key (consumer, event)
  );
  create index if not exists event_handled_handled on ${HANDLED} (handled)`;

/** A statement whose single row says whether all tables are there. */
export const HAS_TABLES = `
  select to_regclass('${OUTBOX}') is not null and to_regclass('${HANDLED}') is not null
    and to_regclass('${SCHEMA}.job') is not null as there`;

/** A row of the outbox. */
export interface OutboxRow extends Outgoing {
  readonly position: string;
}

/** Adds events to the transaction of a session. */
export async function addToOutbox(session: Session, events: readonly Outgoing[]): Promise<void> {
  const rows = events.map(() => '(?, ?, ?, ?, ?)').join(', ');
  await session.execute(
    `insert into ${OUTBOX} (id, topic, key, value, headers) values ${rows}`,
    events.flatMap(({ id, topic, key, value, headers }) => [
      id,
      topic,
      key,
      value,
      JSON.stringify(headers),
    ]),
  );
}

/**
 * The oldest rows, in their order: so many at most, and no more text than one wants to hold.
 *
 * @param without topics that rest
 */
export async function outboxRows(
  client: Pick<PoolClient, 'query'>,
  limit: number,
  without: readonly string[] = [],
): Promise<readonly OutboxRow[]> {
  const { rows } = await client.query<OutboxRow>(
    `select position, id, topic, key, value, headers from (
        select *, sum(octet_length(value)) over (order by position) - octet_length(value) as before
        from (select * from ${OUTBOX} where topic <> all($2) order by position limit $1) oldest
      ) measured where before < ${LARGEST_READ} order by position`,
    [limit, without],
  );
  return rows;
}

/** Bytes. */
const LARGEST_READ = 8_000_000;

/** Whether more may wait behind these, of which one wanted so many at most. */
export function isCut(rows: readonly OutboxRow[], limit: number): boolean {
  const bytes = rows.reduce((sum, { value }) => sum + Buffer.byteLength(value), 0);
  return rows.length >= limit || bytes >= LARGEST_READ;
}

/** Only these: a row with a lower number may be committed later. */
export async function deleteFromOutbox(
  client: Pick<PoolClient, 'query'>,
  rows: readonly OutboxRow[],
): Promise<void> {
  await client.query(`delete from ${OUTBOX} where position = any($1::bigint[])`, [
    rows.map(({ position }) => position),
  ]);
}

/** Events above which nobody seems to take them. */
export const MANY = 100_000;

/** Whether more wait than that: it stops counting there. */
export async function hasMany(client: Pick<PoolClient, 'query'>): Promise<boolean> {
  const { rows } = await client.query(`select from ${OUTBOX} limit 1 offset ${MANY}`);
  return rows.length > 0;
}

/** How many rows wait for the relay. */
export async function countOutbox(client: Pick<PoolClient, 'query'>): Promise<number> {
  const { rows } = await client.query<{ waiting: number }>(
    `select count(*)::int as waiting from ${OUTBOX}`,
  );
  return rows[0]!.waiting;
}
