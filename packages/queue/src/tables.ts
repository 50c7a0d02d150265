import { PgBoss } from 'pg-boss';
import { QueueBootError } from './boot-error';
import type { JobDefinition, JobDefinitions } from './definition';
import { KEPT_DAYS, PROGRESS_TABLE, rowsOf, SCHEMA } from './rows';

const DAY = 86_400;
/** Those that wait are kept as good as for ever: a class may come back. */
const WAITING_DAYS = 3650;

/** The key of jobs that the clock adds, so that none is added while one waits. */
const CLOCK_KEY = 'clock';

/**
 * Makes the tables of jobs, or raises those of another version.
 *
 * @param url that of the server itself, without a proxy of connections
 */
export async function makeTables(url: string): Promise<void> {
  await withBoss(url, true, async (boss) => {
    await boss.getDb().executeSql(PROGRESS_TABLE);
  });
}

/**
 * Tells the database which jobs there are, and when they run by the clock.
 *
 * @returns how many wait of each name that no class has
 * @throws QueueBootError where there are no tables
 */
export function announceJobs(
  url: string,
  definitions: JobDefinitions,
): Promise<readonly Abandoned[]> {
  return withBoss(url, false, async (boss) => {
    const known = new Set((await boss.getQueues()).map(({ name }) => name));
    for (const definition of definitions) {
      const { name } = definition.facts;
      const options = optionsOf(definition);
      if (known.has(name)) await boss.updateQueue(name, options);
      else await boss.createQueue(name, { policy: 'exclusive', ...options });
    }
    await announceSchedules(boss, definitions);
    return abandoned(boss, definitions);
  });
}

/** Jobs of a name that no class has any more, or not yet. */
export interface Abandoned {
  readonly name: string;
  readonly waiting: number;
}

/** What may change; a queue keeps the policy that it was made with. */
function optionsOf({ facts }: JobDefinition) {
  return {
    notify: true,
    retryLimit: facts.retries,
    retryDelay: 1,
    retryBackoff: true,
    retryDelayMax: facts.maxDelay,
    expireInSeconds: facts.timeout,
    heartbeatSeconds: 30,
    deleteAfterSeconds: KEPT_DAYS * DAY,
    retentionSeconds: WAITING_DAYS * DAY,
  };
}

async function announceSchedules(boss: PgBoss, definitions: JobDefinitions): Promise<void> {
  const written = new Map((await boss.getSchedules()).map((one) => [one.name, one]));
  for (const { facts, schedule } of definitions) {
    const there = written.get(facts.name);
    if (schedule === undefined) {
      if (there !== undefined) await boss.unschedule(facts.name);
      continue;
    }
    const { expression, timeZone } = schedule;
    // A schedule that is written anew forgets which of its times were missed.
    if (there?.cron === expression && there.timezone === timeZone) continue;
    const options = { tz: timeZone, missed: 'once', singletonKey: CLOCK_KEY } as const;
    await boss.schedule(facts.name, expression, null, options);
  }
}

async function abandoned(boss: PgBoss, definitions: JobDefinitions): Promise<readonly Abandoned[]> {
  const rows = await rowsOf<Abandoned>(
    boss.getDb(),
    `select name, count(*)::int as waiting from ${SCHEMA}.job
      where state < 'active' group by name order by name`,
  );
  return rows.filter(({ name }) => !definitions.has(name) && !name.startsWith('__'));
}

/** With a connection that is closed after it. */
async function withBoss<T>(
  connectionString: string,
  migrate: boolean,
  work: (boss: PgBoss) => Promise<T>,
): Promise<T> {
  const boss = new PgBoss({
    connectionString,
    schema: SCHEMA,
    application_name: 'vivace start',
    max: 1,
    migrate,
    ...QUIET,
  });
  // What fails is said by the call that waits for it.
  boss.on('error', () => undefined);
  try {
    await started(boss);
    return await work(boss);
  } finally {
    await boss.stop({ graceful: false });
  }
}

/** With telemetry, what a job does is in the trace of who added it. */
export const ONE_TRACE = { openTelemetry: { propagateContext: true } } as const;

/** Without anything that runs by itself. */
export const QUIET = { supervise: false, schedule: false, registerInstance: false } as const;

/** @throws QueueBootError where the tables are not those of this version */
export async function started(boss: PgBoss): Promise<PgBoss> {
  try {
    return await boss.start();
  } catch (cause) {
    if (!/pg-boss is not installed|migration/i.test((cause as Error).message)) throw cause;
    throw new QueueBootError(
      'JOB_TABLES',
      'queue({ jobs })',
      'The tables of jobs are not there, or of another version.',
      'vivace db migrate, before the program starts',
      { cause },
    );
  }
}
