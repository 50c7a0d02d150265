import type { FastifyBaseLogger } from 'fastify';
import type { PgBoss } from 'pg-boss';
import type { Work } from 'vivace/extend';
import type { JobDefinition, JobDefinitions } from './definition';
import { Runner } from './runner';
import { SCHEMA } from './rows';

/** The work in a test: nothing runs by itself, and what waits runs when it is asked for. */
export class ByHand implements Work {
  readonly #boss: PgBoss;
  readonly #definitions: JobDefinitions;
  readonly #runner: Runner;

  constructor(boss: PgBoss, definitions: JobDefinitions, log: FastifyBaseLogger) {
    this.#boss = boss;
    this.#definitions = definitions;
    this.#runner = new Runner(boss.getDb(), log);
  }

  async stop(): Promise<void> {}

  /**
   * Runs what waits, delayed jobs and further tries at once, and what that adds.
   *
   * @throws what the first job failed with that is dead
   */
  async idle(): Promise<void> {
    const deaths: unknown[] = [];
    for (let before = -1, ran = 0; ran > before;) {
      before = ran;
      for (const definition of this.#definitions)
        while (await this.#next(definition, deaths)) ran += 1;
    }
    if (deaths.length > 0) throw deaths[0];
  }

  /** False where none waits. */
  async #next(definition: JobDefinition, deaths: unknown[]): Promise<boolean> {
    const { name, retries } = definition.facts;
    const [job] = await this.#boss.fetch(name, { ignoreStartAfter: true });
    if (job === undefined) return false;
    const { signal } = new AbortController();
    const { status, output, error } = await this.#runner.run(definition, job, signal);
    if (status === 'completed') {
      await this.#boss.complete(name, job, output);
      return true;
    }
    if (status === 'deadletter')
      await this.#boss
        .getDb()
        .executeSql(`update ${SCHEMA}.job set retry_limit = retry_count where id = $1`, [job.id]);
    await this.#boss.fail(name, job, output);
    if (status === 'deadletter' || job.retryCount >= retries) deaths.push(error);
    return true;
  }
}
