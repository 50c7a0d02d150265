import { DriverException, OptimisticLockError, type MetadataStorage } from '@mikro-orm/core';
import { DatabaseError } from 'pg';
import { HTTPException, on, type ExceptionHandler } from 'vivace';
import {
  DATABASE_DOWN,
  DATABASE_FROZEN,
  DatabaseDown,
  DatabaseFrozen,
} from '../connection/failure';
import { brokenConstraint, type Refusal } from './constraint-fields';

type Answer = (refusal: Refusal, metadata: MetadataStorage) => HTTPException;

const taken: Answer = (refusal, metadata) => {
  const { fields } = brokenConstraint(refusal, metadata);
  return new HTTPException(409, `${listed(fields)} ${fields.length > 1 ? 'are' : 'is'} taken`);
};
const missing: Answer = (refusal, metadata) => {
  const { entity, fields, isOther } = brokenConstraint(refusal, metadata);
  const said = isOther
    ? `${entity}.${listed(fields)} still refers to it`
    : `${listed(fields)} does not exist`;
  return new HTTPException(409, said);
};
const unfit: Answer = (refusal, metadata) =>
  new HTTPException(422, `${listed(brokenConstraint(refusal, metadata).fields)} is not allowed`);
/** In the form of what validation refuses; PostgreSQL does not say which field it was. */
const unreadable: Answer = () =>
  new HTTPException(422, [
    { type: 'database_value', loc: ['body'], msg: 'A value cannot be kept in its column' },
  ]);
const later: Answer = () => new HTTPException(503, undefined, { headers: { 'retry-after': '1' } });
const late: Answer = () => new HTTPException(504);

/** By SQLSTATE. What is not here is a mistake of the program, and stays one. */
const ANSWERS: Readonly<Record<string, Answer>> = {
  // Unique, exclusion, foreign key, check.
  '23505': taken,
  '23P01': taken,
  '23503': missing,
  '23514': unfit,
  // Serialisation failure, deadlock, lock time; no connection left.
  '40001': later,
  '40P01': later,
  '55P03': later,
  '53300': later,
  [DATABASE_DOWN]: later,
  // Statement time.
  '57014': late,
  [DATABASE_FROZEN]: late,
  // What a text with U+0000 is for the protocol.
  '08P01': unreadable,
};

/** What an error of the database is answered with; undefined: it is none that a client should know of. */
export function answerOf(error: unknown, metadata: MetadataStorage): HTTPException | undefined {
  if (error instanceof OptimisticLockError)
    return new HTTPException(409, 'It was changed by somebody else', { cause: error });
  const refusal = error as Refusal;
  const { code = '' } = refusal;
  // Class 22: values that cannot be.
  const answer = Object.hasOwn(ANSWERS, code)
    ? ANSWERS[code]
    : code.length === 5 && code.startsWith('22')
      ? unreadable
      : undefined;
  return answer?.(refusal, metadata);
}

/**
 * Handlers for what statements fail with.
 *
 * @param metadata of the open database
 */
export function databaseErrors(metadata: () => MetadataStorage): readonly ExceptionHandler[] {
  const types: readonly (abstract new (...args: never[]) => Error)[] = [
    DriverException,
    DatabaseError,
    DatabaseDown,
    DatabaseFrozen,
    OptimisticLockError,
  ];
  return types.map((type) =>
    on(type, (error, request, next) => {
      const answer = answerOf(error, metadata());
      if (answer === undefined) return next();
      if (answer.status >= 500) request.log.warn({ err: error }, 'The database did not answer');
      throw answer;
    }),
  );
}

function listed(fields: readonly string[]): string {
  return fields.join(' and ');
}
