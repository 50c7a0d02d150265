import { PgBoss, type Schedule } from 'pg-boss';
import { QueueBootError } from './boot-error';
import type { JobDefinition, JobDefinitions } from './definition';
import type { JobFacts } from './job';
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
export function makeTables(url: string): Promise<void> {
  return withBoss(url, true, async (boss) => {
    await boss.getDb().executeSql(PROGRESS_TABLE);
  });
}

/**
 * Starts over tables that are there.
 *
 * @param url where they are made that are missing; undefined: they are not made
 * @throws QueueBootError where there are none, or those of another version
 */
export async function startOverTables(boss: PgBoss, url: string | undefined): Promise<void> {
  try {
    await boss.start();
  } catch (cause) {
    if (!/pg-boss is not installed|migration/i.test((cause as Error).message)) throw cause;
    if (url === undefined) throw missing(cause);
    await makeTables(url);
    await boss.start();
  }
}

/**
 * Tells the database which jobs there are, and when they run by the clock, where it does not know.
 *
 * @param boss reads what it knows
 * @param url where it is told, by a connection that is no transaction of a test
 */
export async function announceJobs(
  boss: PgBoss,
  url: string,
  definitions: JobDefinitions,
): Promise<void> {
  const queues = new Map((await boss.getQueues()).map((queue) => [queue.name, queue]));
  const schedules = new Map((await boss.getSchedules()).map((one) => [one.name, one]));
  const missing = [...definitions].flatMap((definition) => [
    ...announcedQueue(definition, queues.get(definition.facts.name)),
    ...announcedSchedule(definition, schedules.get(definition.facts.name)),
  ]);
  if (missing.length === 0) return;
  await withBoss(url, false, async (telling) => {
    for (const tell of missing) await tell(telling);
  });
}

type Telling = (boss: PgBoss) => Promise<void>;

/** What may change; a queue keeps the policy that it was made with. */
function announcedQueue({ facts }: JobDefinition, there: object | undefined): readonly Telling[] {
  const options = optionsOf(facts);
  if (there === undefined)
    return [(boss) => boss.createQueue(facts.name, { policy: 'exclusive', ...options })];
  const isTold = Object.entries(options).every(
    ([name, value]) => Reflect.get(there, name) === value,
  );
  return isTold ? [] : [(boss) => boss.updateQueue(facts.name, options)];
}

/** A schedule that is written anew forgets which of its times were missed. */
function announcedSchedule(
  { facts, schedule }: JobDefinition,
  there: Schedule | undefined,
): readonly Telling[] {
  const { name } = facts;
  if (schedule === undefined) return there === undefined ? [] : [(boss) => boss.unschedule(name)];
  const { expression, timeZone } = schedule;
  if (there?.cron === expression && there.timezone === timeZone) return [];
  const options = { tz: timeZone, missed: 'once', singletonKey: CLOCK_KEY } as const;
  return [(boss) => boss.schedule(name, expression, null, options)];
}

function optionsOf({ retries, maxDelay, timeout }: JobFacts) {
  return {
    notify: true,
    retryLimit: retries,
    retryDelay: 1,
    retryBackoff: true,
    retryDelayMax: maxDelay,
    expireInSeconds: timeout,
    heartbeatSeconds: 30,
    deleteAfterSeconds: KEPT_DAYS * DAY,
    retentionSeconds: WAITING_DAYS * DAY,
  };
}

/** Jobs of a name that no class has any more, or not yet. */
export interface Abandoned {
  readonly name: string;
  readonly waiting: number;
}

/** How many wait of each name that no class has. */
export async function abandoned(
  boss: PgBoss,
  definitions: JobDefinitions,
): Promise<readonly Abandoned[]> {
  const rows = await rowsOf<Abandoned>(
    boss.getDb(),
    `select name, count(*)::int as waiting from ${SCHEMA}.job
      where state < 'active' group by name order by name`,
  );
  return rows.filter(({ name }) => !definitions.has(name) && !name.startsWith('__'));
}

/** With a connection that is closed after it. */
async function withBoss(
  connectionString: string,
  migrate: boolean,
  work: (boss: PgBoss) => Promise<void>,
): Promise<void> {
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
    await boss.start();
    await work(boss);
  } finally {
    await boss.stop({ graceful: false });
  }
}

/** With telemetry, what a job does is in the trace of who added it. */
export const ONE_TRACE = { openTelemetry: { propagateContext: true } } as const;

/** Without anything that runs by itself. */
export const QUIET = { supervise: false, schedule: false, registerInstance: false } as const;

function missing(cause: unknown): QueueBootError {
  return new QueueBootError(
    'JOB_TABLES',
    'queue({ jobs })',
    'The tables of jobs are not there, or of another version.',
    'vivace db migrate, before the program starts',
    { cause },
  );
}
