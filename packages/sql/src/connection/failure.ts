/** The database cannot be reached, or ended a connection: what was asked may work in a moment. */
export class DatabaseDown extends Error {
  // MikroORM makes errors of its own of ours, and keeps what they have.
  readonly code = DATABASE_DOWN;

  constructor(cause: unknown) {
    super('The database is not there.', { cause });
    this.name = 'DatabaseDown';
  }
}

/** The database did not even say that a statement takes too long. */
export class DatabaseFrozen extends Error {
  readonly code = DATABASE_FROZEN;

  constructor(cause: unknown) {
    super('The database does not answer.', { cause });
    this.name = 'DatabaseFrozen';
  }
}

export const DATABASE_DOWN = 'DATABASE_DOWN';
export const DATABASE_FROZEN = 'DATABASE_FROZEN';

/** What `pg` throws for a connection that is gone, which has no code; those of the pool are told by where they come from. */
const BROKEN: ReadonlySet<string> = new Set([
  'Connection terminated',
  'Connection terminated unexpectedly',
  'Client has encountered a connection error and is not queryable',
  'Client was closed and is not queryable',
]);
const NODE_CODES: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
]);
/** Ended by an administrator, by a crash, not yet started. */
const SERVER_CODES: ReadonlySet<string> = new Set(['57P01', '57P02', '57P03']);

/** Not null, and a check: what PostgreSQL says more is the whole row, hidden columns too. */
const SHOWS_ROW: ReadonlySet<string> = new Set(['23502', '23514']);

/**
 * What a statement failed with, in the terms of this package: a connection that broke, a server that
 * is frozen, else the error itself. No code that a value can cause counts as broken.
 */
export function statementFailure(error: unknown): unknown {
  const { code = '', message } = error as { code?: string; message?: string };
  if (SHOWS_ROW.has(code)) Object.assign(error as object, { detail: undefined });
  if (message === 'Query read timeout') return new DatabaseFrozen(error);
  const broken = BROKEN.has(message ?? '') || NODE_CODES.has(code) || SERVER_CODES.has(code);
  return broken ? new DatabaseDown(error) : error;
}
