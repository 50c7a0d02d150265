import { PgBoss, type Clock } from 'pg-boss';
import { dependency, provide } from 'vivace';
import { reportGauges, type Class, type Extension, type Needs, type Plan } from 'vivace/extend';
import { DatabaseAccess, Session } from '@vivace/sql';
import './kept-tables';
import { ByHand } from './by-hand';
import { checkDefinitions } from './checks';
import { dashboardMount } from './dashboard';
import { JobDefinitions } from './definition';
import { jobGauges } from './gauges';
import { Jobs, SessionJobs } from './jobs';
import { poolDb, SCHEMA } from './rows';
import { abandoned, announceJobs, ONE_TRACE, QUIET, startOverTables } from './tables';
import { Worker } from './worker';

/** Which jobs an application has. */
export interface QueueOptions {
  /** Their classes. What is added for others waits. */
  readonly jobs: readonly Class[];
  /** Pages of what waits, runs and is dead, served to whom `guard` lets through. */
  readonly dashboard?: {
    /** @default `/jobs` */
    readonly path?: string;
    readonly guard: Needs;
  };
}

/**
 * Gives an application jobs: rows of the database of `@vivace/sql`, which is needed too.
 *
 * @throws BootError at boot, for jobs that cannot work
 * @example
 * export const app = new Vivace({
 *   controllers: [Orders],
 *   extensions: [database({ entities: [Order] }), queue({ jobs: [SendInvoice] })],
 * });
 */
export function queue(options: QueueOptions): Extension {
  return queueOn(options, undefined);
}

/** @param clock that of the work, for tests of what takes time */
export function queueOn({ jobs, dashboard }: QueueOptions, clock: Clock | undefined): Extension {
  const context: { plan?: Plan; url?: string } = {};
  const opened = dependency(
    { database: DatabaseAccess },
    async function* ({ database }) {
      const plan = context.plan!;
      const definitions = new JobDefinitions(jobs, plan.entries);
      const url = database.directUrl;
      context.url = url;
      const boss = new PgBoss({
        db: poolDb(database.pool),
        schema: SCHEMA,
        migrate: false,
        ...QUIET,
        ...ONE_TRACE,
      });
      boss.on('error', () => undefined);
      await startOverTables(boss, plan.production ? undefined : url);
      using _ = reportGauges(() => jobGauges(boss.getDb()));
      try {
        await announceJobs(boss, url, definitions);
        yield { boss, definitions, url };
      } finally {
        await boss.stop({ graceful: false, close: false });
      }
    },
    { lifetime: 'singleton', name: 'queue' },
  );
  const session = dependency(
    { opened, session: Session },
    ({ opened: { boss, definitions }, session }): Jobs =>
      new SessionJobs(boss, definitions, session),
    { name: 'jobs' },
  );
  const pages = dashboard && dashboardMount(dashboard, () => context.url!);
  return {
    name: 'queue',
    singletons: [opened, ...(pages === undefined ? [] : [pages.closing])],
    provide: [provide(Jobs, session)],
    entries: jobs,
    ...(pages !== undefined && { mounts: [pages.mount] }),
    check: (plan) => {
      context.plan = plan;
      checkDefinitions([...new JobDefinitions(jobs, plan.entries)]);
    },
    work: async (host) => {
      const { boss, definitions, url } = host.get(opened);
      for (const { name, waiting } of await abandoned(boss, definitions))
        host.log.warn(`${waiting} jobs named '${name}' wait, and no class has this name`);
      if (host.byHand) return new ByHand(boss, definitions, host.log);
      const taken = [...definitions].filter(({ entry }) => host.entries.includes(entry));
      return Worker.start({ url, definitions: taken, log: host.log, clock });
    },
  };
}
