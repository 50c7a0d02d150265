import type { FastifyBaseLogger } from 'fastify';
import { PgBoss, type Clock } from 'pg-boss';
import type { Work } from 'vivace/extend';
import type { JobDefinition } from './definition';
import { gatherStatements } from './gathered';
import { Runner, type Outcome, type Taken } from './runner';
import { giveBack, SCHEMA, sweep } from './rows';
import { ONE_TRACE } from './tables';

/** Milliseconds between two times of forgetting what was kept long enough. */
const SWEEP = 3_600_000;

/** Connections of its own beside the one that listens. */
const CONNECTIONS = 2;

/** What a worker works on. */
export interface WorkerParts {
  readonly url: string;
  /** Those that this process works on. */
  readonly definitions: readonly JobDefinition[];
  readonly log: FastifyBaseLogger;
  readonly clock: Clock | undefined;
}

/** Runs the jobs of an application until it is stopped. */
export class Worker implements Work {
  readonly #boss: PgBoss;
  readonly #definitions: readonly JobDefinition[];
  readonly #runner: Runner;
  readonly #ending = new AbortController();
  readonly #running = new Map<Promise<unknown>, () => Promise<void>>();

  private constructor(boss: PgBoss, { definitions, log }: WorkerParts) {
    this.#boss = boss;
    this.#definitions = definitions;
    this.#runner = new Runner(boss.getDb(), log);
  }

  static async start(parts: WorkerParts): Promise<Worker> {
    const { url, log, clock } = parts;
    const boss = new PgBoss({
      connectionString: url,
      schema: SCHEMA,
      application_name: 'vivace jobs',
      max: CONNECTIONS,
      migrate: false,
      ...ONE_TRACE,
      useListenNotify: true,
      // A job whose process died is found within a minute: after 30 s without a heartbeat.
      superviseIntervalSeconds: 20,
      monitorIntervalSeconds: 20,
      ...(clock !== undefined && { clock }),
    });
    gatherStatements(boss.getDb());
    // An error without a listener would end the process.
    boss.on(
      'error',
      quietly((error) => log.warn({ err: error }, 'The work on jobs met an error')),
    );
    boss.on('warning', ({ message, data }) => log.warn({ data }, message));
    await boss.start();
    const worker = new Worker(boss, parts);
    try {
      await worker.#begin();
    } catch (error) {
      await boss.stop({ graceful: false });
      throw error;
    }
    return worker;
  }

  /** Takes nothing new; what does not end in time is given back, and this try does not count. */
  async stop(milliseconds = 0): Promise<void> {
    this.#ending.abort(new Error('The process ends.'));
    // A line ends when what has come of its last job is written, too.
    const lines = this.#definitions.map(({ facts }) => this.#boss.offWork(facts.name));
    await settled(lines, milliseconds - MARGIN);
    await Promise.all([...this.#running.values()].map((giveBack) => giveBack()));
    await this.#boss.stop({ graceful: false });
  }

  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.allSettled(this.#running.keys());
  }

  async #begin(): Promise<void> {
    for (const definition of this.#definitions)
      for (let line = 0; line < definition.facts.concurrency; line += 1)
        await this.#take(definition);
    const forget = (): void =>
      void sweep(this.#boss.getDb()).catch((error: Error) => this.#boss.emit('error', error));
    forget();
    const timer = setInterval(forget, SWEEP).unref();
    this.#ending.signal.addEventListener('abort', () => clearInterval(timer));
  }

  /** One line of jobs, one after the other. */
  async #take(definition: JobDefinition): Promise<void> {
    let line = '';
    const options = {
      perJobResults: true,
      // Polls once a second also while notifications arrive: tries that are due announce nothing.
      pollingIntervalSeconds: 1,
      notifyPollingIntervalSeconds: 1,
      // A heartbeat finds the claim of a job gone that was cancelled elsewhere.
      heartbeatRefreshSeconds: 1,
    } as const;
    line = await this.#boss.work<object, unknown, typeof options>(
      definition.facts.name,
      options,
      async ([job]) => {
        // Where one waited there may be more: the next is taken without a pause.
        this.#boss.notifyWorker(line);
        return job === undefined ? [] : this.#run(definition, job);
      },
    );
  }

  async #run(definition: JobDefinition, job: Taken & { readonly signal: AbortSignal }) {
    const back = () => giveBack(this.#boss.getDb(), definition.facts.name, job.id, job.retryCount);
    const signal = AbortSignal.any([job.signal, this.#ending.signal]);
    const run = this.#runner.run(definition, job, signal);
    this.#running.set(run, back);
    try {
      const { status, output }: Outcome = await run;
      if (status !== 'failed' || !this.#ending.signal.aborted)
        return [{ id: job.id, status, output }];
      // It failed since the process ends: as if this try had never been.
      await back();
      return [];
    } finally {
      this.#running.delete(run);
    }
  }
}

/** Milliseconds between two errors that are told: without the database each line meets one a second. */
const QUIET_TIME = 30_000;

function quietly(tell: (error: Error) => void): (error: Error) => void {
  let until = 0;
  return (error) => {
    const now = performance.now();
    if (now < until) return;
    until = now + QUIET_TIME;
    tell(error);
  };
}

/** Milliseconds that giving back may take, of those that closing has. */
const MARGIN = 1000;

/** Waits for all, or so long. */
async function settled(running: readonly Promise<unknown>[], milliseconds: number): Promise<void> {
  const { promise: late, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, Math.max(milliseconds, 0));
  try {
    await Promise.race([Promise.allSettled(running), late]);
  } finally {
    clearTimeout(timer);
  }
}
