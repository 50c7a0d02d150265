import { createHash, randomUUID } from 'node:crypto';
import { fromKysely, type Db, type PgBoss } from 'pg-boss';
import type { uuid } from 'vivace';
import type { Session } from '@vivace/sql';
import { checkedPriority, startOf, type AddOptions } from './add-options';
import { keptPayload, type JobDefinition, type JobDefinitions } from './definition';
import type { JobClass, PayloadOf, Runnable } from './job';
import { cancelJob, idOfKey, retryJob, rowsOf, SCHEMA } from './rows';
import { readStatus, type JobStatus } from './status';

/**
 * Adds jobs and asks how they are: in the transaction of the session, so that a rollback takes them
 * back. Injected by its type.
 *
 * @example
 * \@Post('/:id/invoice', { status: 202 })
 * async invoice(id: uuid): Promise<{ job: uuid }> {
 *   return { job: await this.jobs.add(SendInvoice, { order: id }, { key: id }) };
 * }
 */
export abstract class Jobs {
  /**
   * Adds a job, which runs after the commit.
   *
   * @returns its id, or that of the one with the same key
   * @throws RequestValidationError for a payload that breaks a rule of its type; RangeError for options that are no time or priority
   */
  abstract add<J extends Runnable>(
    job: JobClass<J>,
    payload: PayloadOf<J>,
    options?: AddOptions,
  ): Promise<uuid>;
  /**
   * Adds many at once, in one statement.
   *
   * @returns their ids, in the same order
   * @throws RequestValidationError for a payload that breaks a rule of its type; RangeError for options that are no time or priority
   */
  abstract addAll<J extends Runnable>(
    job: JobClass<J>,
    payloads: readonly PayloadOf<J>[],
    options?: Omit<AddOptions, 'key'>,
  ): Promise<readonly uuid[]>;
  /** @throws HTTPException 404, `Job not found` */
  abstract status(id: uuid): Promise<JobStatus>;
  /**
   * What waits never runs; what runs has its signal aborted within a second, in whatever process, and
   * is not tried again.
   *
   * @returns false where it had ended or is not known
   */
  abstract cancel(id: uuid): Promise<boolean>;
  /**
   * Begins a dead or cancelled job anew, with all its tries before it.
   *
   * @returns false for any other, and where another with its key waits or runs
   */
  abstract retry(id: uuid): Promise<boolean>;
}

/** Jobs of one session. */
export class SessionJobs extends Jobs {
  readonly #boss: PgBoss;
  readonly #definitions: JobDefinitions;
  readonly #session: Session;

  constructor(boss: PgBoss, definitions: JobDefinitions, session: Session) {
    super();
    this.#boss = boss;
    this.#definitions = definitions;
    this.#session = session;
  }

  async add<J extends Runnable>(
    job: JobClass<J>,
    payload: PayloadOf<J>,
    options: AddOptions = {},
  ): Promise<uuid> {
    const definition = this.#definitions.of(job);
    const row = rowOf(definition, payload, options);
    const { name } = definition.facts;
    const db = this.#db();
    for (let tries = 0; tries < TRIES; tries += 1) {
      const id = await this.#boss.send(name, row.data as object | null, { ...row, db });
      const found = id ?? (await idOfKey(db, name, row.singletonKey));
      if (found !== undefined) return found as uuid;
      // The one that was there has ended meanwhile.
    }
    throw new Error(`The jobs with the key '${options.key}' end faster than one can be added.`);
  }

  async addAll<J extends Runnable>(
    job: JobClass<J>,
    payloads: readonly PayloadOf<J>[],
    options: Omit<AddOptions, 'key'> = {},
  ): Promise<readonly uuid[]> {
    if (payloads.length === 0) return [];
    const definition = this.#definitions.of(job);
    const rows = payloads.map((payload) => ({
      id: randomUUID() as uuid,
      ...rowOf(definition, payload, options),
    }));
    const inserted = rows.map(({ data, ...row }) => ({ ...row, data: data as object }));
    await this.#boss.insert(definition.facts.name, inserted, { db: this.#db() });
    return rows.map(({ id }) => id);
  }

  status(id: uuid): Promise<JobStatus> {
    return readStatus(this.#db(), id);
  }
  cancel(id: uuid): Promise<boolean> {
    return cancelJob(this.#db(), id);
  }
  retry(id: uuid): Promise<boolean> {
    return retryJob(this.#db(), id);
  }

  /** The payloads of jobs that wait, as they were added. */
  async waiting(job: JobClass): Promise<readonly unknown[]> {
    const { facts, entry } = this.#definitions.of(job);
    const rows = await rowsOf<{ data: string | null }>(
      this.#db(),
      `select data::text as data from ${SCHEMA}.job
        where name = $1 and state < 'active' order by created_on, start_after`,
      [facts.name],
    );
    return rows.map(({ data }) => entry.payload?.parse(JSON.parse(data ?? 'null')));
  }

  /** In the transaction of the session; at once where it has none, as in a socket. */
  #db(): Db {
    const transaction = this.#session.getTransactionContext<Parameters<typeof fromKysely>[0]>();
    return transaction === undefined ? this.#boss.getDb() : fromKysely(transaction);
  }
}

/** How often a key is asked for whose job ends between two statements. */
const TRIES = 3;

function rowOf(definition: JobDefinition, payload: unknown, options: AddOptions) {
  return {
    data: keptPayload(definition, payload),
    priority: checkedPriority(options.priority ?? definition.facts.priority),
    startAfter: startOf(options),
    singletonKey: keptKey(options.key),
  };
}

/** A job without a key has one of its own: the index would take all of them for one. */
function keptKey(key: string = randomUUID()): string {
  return PLAIN_KEY.test(key) ? key : createHash('sha256').update(key).digest('base64url');
}

/** What fits into an index and into JSON of PostgreSQL; any other key is kept as its digest. */
const PLAIN_KEY = /^[ -~]{1,200}$/;
