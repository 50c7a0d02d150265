import { RequestValidationError, ResponseValidationError } from 'vivace';
import type { Class, Entry, Shape } from 'vivace/extend';
import { QueueBootError } from './boot-error';
import { scheduleOf, type Schedule } from './cron';
import { factsOfJob, type JobFacts } from './job';
import { isRefused } from './json-text';

/** A job of an application. */
export interface JobDefinition {
  readonly facts: JobFacts;
  readonly schedule: Schedule | undefined;
  readonly entry: Entry;
}

/** The jobs of an application. */
export class JobDefinitions implements Iterable<JobDefinition> {
  readonly #names: ReadonlySet<string>;
  readonly #byClass: ReadonlyMap<Class, JobDefinition>;

  /** @param entries compiled, those of the classes among them */
  constructor(classes: readonly Class[], entries: readonly Entry[]) {
    const definitions = classes.map((type) => definitionOf(type, entries));
    this.#names = new Set(definitions.map(({ facts }) => facts.name));
    this.#byClass = new Map(definitions.map((one) => [one.facts.type, one]));
  }

  [Symbol.iterator](): Iterator<JobDefinition> {
    return this.#byClass.values();
  }

  /** @throws TypeError for a class that is not in `queue({ jobs })` */
  of(type: Class): JobDefinition {
    const found = this.#byClass.get(type);
    if (found !== undefined) return found;
    throw new TypeError(
      `${type.name} is not in the list of jobs: queue({ jobs: [${type.name}] }).`,
    );
  }

  has(name: string): boolean {
    return this.#names.has(name);
  }
}

function definitionOf(type: Class, entries: readonly Entry[]): JobDefinition {
  const facts = factsOfJob(type);
  const entry = entries.find(({ options }) => 'type' in options && options.type === type);
  if (facts !== undefined && entry !== undefined)
    return { facts, schedule: scheduleOf(type), entry };
  throw new QueueBootError(
    'JOB_MISSING',
    'queue({ jobs })',
    `The class ${type.name} is no job.`,
    `@Job() above class ${type.name}`,
  );
}

/**
 * The payload as it is kept, after it was validated as it will be before each try.
 *
 * @throws RequestValidationError if it does not fit
 */
export function keptPayload({ facts, entry }: JobDefinition, payload: unknown): unknown {
  if (entry.payload === null) {
    if (payload === undefined) return null;
    throw new TypeError(`${facts.type.name}.run takes no payload.`);
  }
  const text = written(entry.payload, payload);
  if (isRefused(text)) throw unkept(payload);
  const kept: unknown = JSON.parse(text);
  entry.payload.parse(kept);
  return kept;
}

/** A value that cannot be written does not fit either, and it may come from a client. */
function written(shape: Shape, payload: unknown): string {
  try {
    return shape.write(payload);
  } catch (error) {
    if (error instanceof ResponseValidationError)
      throw new RequestValidationError(error.issues.map(inPayload), payload);
    throw error;
  }
}

type Issue = RequestValidationError['issues'][number];

/** What is written is a response elsewhere. */
function inPayload({ loc: [, ...place], ...issue }: Issue): Issue {
  return { ...issue, loc: ['payload', ...place] };
}

function unkept(payload: unknown): RequestValidationError {
  const msg = 'Value error, it holds text that PostgreSQL cannot keep';
  return new RequestValidationError(
    [{ type: 'value_error', loc: ['payload'], msg, input: payload, ctx: { error: {} } }],
    payload,
  );
}
