import type { FastifyBaseLogger } from 'fastify';
import type { Db } from 'pg-boss';
import { RequestValidationError, ResponseValidationError, type uuid } from 'vivace';
import { messageOf, type Shape } from 'vivace/extend';
import { Attempt } from './attempt';
import type { JobDefinition } from './definition';
import { isRefused } from './json-text';
import { writeProgress } from './rows';
import type { Output } from './status';

/** Bytes of JSON that are kept of what `run` gives. */
const LARGEST_RESULT = 65_536;

/** A job as it was taken. */
export interface Taken {
  readonly id: string;
  readonly data: unknown;
  readonly retryCount: number;
}

/** How a try has ended; `deadletter` is a job that no other try can help. */
export interface Outcome {
  readonly status: 'completed' | 'failed' | 'deadletter';
  readonly output: Output;
  readonly error?: unknown;
}

/** Runs tries of jobs, each with what its class needs. */
export class Runner {
  readonly #db: Db;
  readonly #log: FastifyBaseLogger;

  constructor(db: Db, log: FastifyBaseLogger) {
    this.#db = db;
    this.#log = log;
  }

  async run({ facts, entry }: JobDefinition, job: Taken, signal: AbortSignal): Promise<Outcome> {
    const attempt = new RunningAttempt(this.#db, job, signal);
    const payload = entry.payload === null ? undefined : job.data;
    try {
      const result = await entry.call(payload, new Map([[Attempt, attempt]]), signal);
      return completed(result, entry.result);
    } catch (error) {
      const outcome = failed(error);
      const isLast = outcome.status === 'deadletter' || attempt.number > facts.retries;
      const line = { err: error, job: facts.name, id: job.id, attempt: attempt.number };
      if (isLast) this.#log.error(line, `The job ${facts.name} is dead`);
      else this.#log.warn(line, `A try of the job ${facts.name} failed`);
      return outcome;
    }
  }
}

class RunningAttempt extends Attempt {
  readonly id: uuid;
  readonly number: number;
  readonly #db: Db;

  constructor(
    db: Db,
    job: Taken,
    readonly signal: AbortSignal,
  ) {
    super();
    this.#db = db;
    this.id = job.id as uuid;
    this.number = job.retryCount + 1;
  }

  async progress(part: number): Promise<void> {
    if (!(part >= 0 && part <= 1)) throw new RangeError(`Progress is 0 to 1, not ${part}.`);
    await writeProgress(this.#db, this.id, part);
  }
}

/** A result that cannot be kept is no other after the next try. */
function completed(result: unknown, shape: Shape | null): Outcome {
  const text = result === undefined ? 'null' : writtenResult(result, shape);
  const bytes = Buffer.byteLength(text);
  if (bytes > LARGEST_RESULT)
    throw new Unkept(
      `The result has ${bytes} bytes, and ${LARGEST_RESULT} are kept: it belongs into a table.`,
    );
  if (isRefused(text)) throw new Unkept('The result holds text that PostgreSQL cannot keep.');
  return { status: 'completed', output: { result: JSON.parse(text) as unknown } };
}

/** With the fields of its type only, as an answer; where that says nothing, with all. */
function writtenResult(result: unknown, shape: Shape | null): string {
  try {
    return shape === null ? (JSON.stringify(result) ?? 'null') : shape.write(result);
  } catch (error) {
    throw new Unkept(
      error instanceof ResponseValidationError
        ? `The result is not what its type says: ${sayIssues(error.issues)}`
        : `The result is nothing that JSON can say: ${messageOf(error)}`,
    );
  }
}

function failed(error: unknown): Outcome {
  const isFinal = error instanceof Unkept || isPayloadRefused(error);
  return {
    status: isFinal ? 'deadletter' : 'failed',
    output: { message: reasonOf(error) },
    error,
  };
}

/** Not what a handler throws about rows: their places begin with something else. */
function isPayloadRefused(error: unknown): error is RequestValidationError {
  return (
    error instanceof RequestValidationError && error.issues.every(({ loc }) => loc[0] === 'payload')
  );
}

function reasonOf(error: unknown): string {
  if (!isPayloadRefused(error)) return messageOf(error);
  return messageOf(sayIssues(error.issues));
}

function sayIssues(issues: RequestValidationError['issues']): string {
  return issues.map(({ loc, msg }) => `${loc.join('.')}: ${msg}`).join('; ');
}

class Unkept extends Error {}
