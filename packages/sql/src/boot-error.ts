import { BootError } from 'vivace/extend';

/** Every error of this package that a program can meet before it listens; `docs/sql-errors.md` shows each with its cure. */
export const SQL_BOOT_ERRORS = {
  DATABASE_NODE: 'MikroORM needs a newer Node.',
  EMBEDDED_MISSING: 'PostgreSQL for development is not installed, and no address of one is given.',
  EMBEDDED_UNABLE: 'PostgreSQL from npm does not run on this machine.',
  EMBEDDED_VERSION: 'The data of development were written by another version of PostgreSQL.',
  EMBEDDED_FOLDER: 'A folder that the embedded PostgreSQL would use belongs to somebody else.',
  DATABASE_URL_MISSING: 'In production nothing says where the database is.',
  DATABASE_URL_INVALID: 'The address of a database is not one.',
  DATABASE_UNREACHABLE: 'The database cannot be reached.',
  DATABASE_OF_TESTS: 'A test would reach a database that is not one of tests.',
  POOL_TOO_LARGE: 'The processes of the program may take more connections than the server has.',
  CURSOR_KEY_MISSING: 'In production `cursorPage` is used, and nothing seals cursors.',
  SCHEMA_STUCK: 'Rows stand in the way of a change of the tables of development.',
  COLUMN_UNCLEAR: 'The type of a field does not say which column keeps it.',
  COLUMN_OPTION: 'What `@Column` says of a field fits neither its type nor PostgreSQL.',
  COLUMN_NAME: 'The name of a column is that of another one, or too long.',
  INDEX_FIELD: '`@Unique` or `@Index` names a field that is no column.',
  RELATION_ENDS: 'The two ends of a relation do not fit.',
  NO_ID: 'An entity has no primary key.',
  ENTITY_MISSING: 'A class is listed as an entity, or named by one, that is none.',
  ENTITY_TWICE: 'An entity or a table stands twice in a database.',
} as const satisfies Readonly<Record<string, string>>;

export type SqlBootErrorCode = keyof typeof SQL_BOOT_ERRORS;

/** What is wrong with a program and its database, found before it listens. */
export class SqlBootError extends BootError<SqlBootErrorCode> {}
