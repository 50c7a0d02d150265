import type { MikroORM } from '@mikro-orm/postgresql';
import { SqlBootError } from '../boot-error';
import { statementsOf } from './statements';

/** Any number that nobody else takes: two processes of a hand-over follow one after the other. */
const FOLLOWING = 8_482_232;

const DROP_TABLE = /^drop table (?:if exists )?(?<table>"[^ ]+")/;
const DROP_COLUMNS = /^alter table (?<table>"[^ ]+") drop column /;

/**
 * Makes the tables what the classes say: of the embedded database in development, as long as there are
 * no migrations. What holds rows is never dropped.
 *
 * @returns what was left, in words
 * @throws SqlBootError where rows stand in the way of a change
 */
export function followClasses(orm: MikroORM): Promise<readonly string[]> {
  // The lock is that of a transaction; statements have connections beside it, which see each other.
  return orm.em.fork().transactional(async (em) => {
    await em.execute(`select pg_advisory_xact_lock(${FOLLOWING})`);
    // Nothing has changed at most starts, and to look at all tables takes time.
    if ((await changes(orm, false)).length === 0) return [];
    for (const statement of await changes(orm, true)) await apply(orm, statement);
    const left: string[] = [];
    for (const statement of await changes(orm, false)) left.push(...(await drop(orm, statement)));
    return left;
  });
}

/** @param safe true: without what drops tables and columns */
async function changes(orm: MikroORM, safe: boolean): Promise<readonly string[]> {
  return statementsOf(
    await orm.schema.getUpdateSchemaSQL({ wrap: false, safe, dropTables: !safe }),
  );
}

function run<T>(orm: MikroORM, text: string): Promise<T[]> {
  return orm.em.getConnection().execute<T[]>(text);
}

async function apply(orm: MikroORM, statement: string): Promise<void> {
  try {
    await run(orm, statement);
  } catch (cause) {
    throw new SqlBootError(
      'SCHEMA_STUCK',
      'database({ entities })',
      `The tables of development cannot follow the classes: ${(cause as Error).message}`,
      'a default for the field, or begin anew: vivace db reset',
      { cause },
    );
  }
}

/** Drops what is empty; where a column is kept, new rows need no value of it. */
async function drop(orm: MikroORM, statement: string): Promise<readonly string[]> {
  const { table } = (DROP_COLUMNS.exec(statement) ?? DROP_TABLE.exec(statement))?.groups ?? {};
  if (table === undefined) {
    await apply(orm, statement);
    return [];
  }
  const columns = [...statement.matchAll(/drop column ("[^"]+")/g)].map(([, column]) => column!);
  if (columns.length === 0) {
    if (await holds(orm, table)) return [`The table ${table} holds rows, so it was not dropped.`];
    await run(orm, statement);
  }
  const left: string[] = [];
  for (const column of columns) {
    if (await holds(orm, table, `where ${column} is not null`)) {
      await run(orm, `alter table ${table} alter column ${column} drop not null`);
      left.push(`The column ${column} of ${table} holds values, so it was not dropped.`);
    } else await run(orm, `alter table ${table} drop column ${column}`);
  }
  return left;
}

async function holds(orm: MikroORM, table: string, where = ''): Promise<boolean> {
  const rows = await run<{ found: boolean }>(
    orm,
    `select exists (select from ${table} ${where}) as found`,
  );
  return rows[0]!.found;
}
