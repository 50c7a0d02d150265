import { dependency, HealthWarning, provide } from 'vivace';
import type { Class, Extension, Plan } from 'vivace/extend';
import { DatabaseAccess, Session } from '@vivace/sql';
import './kept-tables';
import { EventsBootError } from './boot-error';
import type { Broker } from './broker/broker';
import { brokerOf, noteDeclared } from './declared';
import { OpenEvents } from './open-events';
import { ByHand } from './consume/by-hand';
import { checkGroups, checkNumber } from './consume/checks';
import { groupsOf } from './consume/definition';
import { Events, SessionEvents } from './publish/events';
import { hasMany, MANY } from './publish/outbox';
import { Outlet } from './publish/outlet';
import { checkTables, makeTables } from './tables';
import { checkTopics } from './broker/topics';
import { EventsWork } from './consume/work';

/** Who handles events, and what carries them. */
export interface EventsOptions {
  /** Classes with `@Consumer`. */
  readonly consumers?: readonly Class[];
  /** What carries events: by default Kafka where `KAFKA_BROKERS` names it, else the database. */
  readonly broker?: Broker;
  /** How long it is kept that an event was handled: as long as its topic keeps it, at least. @default 30 days */
  readonly keep?: { readonly days: number };
}

/**
 * Gives an application events: rows of the database of `@vivace/sql` first, which is needed too, and
 * then carried by Kafka, or by that database.
 *
 * @throws BootError at boot, for events and consumers that cannot work
 * @example
 * export const app = new Vivace({
 *   controllers: [Orders],
 *   extensions: [database({ entities: [Order] }), events({ consumers: [Billing] })],
 * });
 */
export function events(options: EventsOptions = {}): Extension {
  const { consumers = [], keep = { days: 30 } } = options;
  const context: { plan?: Plan; relays?: boolean } = {};
  noteDeclared({ consumers, broker: options.broker });
  const opened = dependency(
    { database: DatabaseAccess },
    async ({ database }): Promise<OpenEvents> => {
      const { env, production, entries } = context.plan!;
      if (!production) await made(database);
      await checkTables(database.pool);
      const broker = options.broker ?? (await brokerOf(env));
      const groups = groupsOf(consumers, entries);
      // A test delivers by hand, and needs no broker.
      if (broker !== undefined && !isTesting())
        await checkTopics(broker, groups, keep.days, 'boot');
      const wakes = (): boolean => context.relays === true || !isTesting();
      const outlet = new Outlet(database.pool, broker?.maxMessage ?? 1_000_000, wakes);
      return { database, outlet, broker, groups, days: keep.days };
    },
    { lifetime: 'singleton', name: 'events' },
  );
  const publishing = dependency(
    { opened, session: Session },
    ({ opened: { outlet }, session }): Events => new SessionEvents(outlet, session),
    { name: 'publishing' },
  );
  const taken = dependency({ opened }, async ({ opened: { database } }) => {
    if (await hasMany(database.pool))
      throw new HealthWarning(`More than ${MANY} events wait to be sent: is the broker there?`);
  });
  return {
    name: 'events',
    beside: (extensions) => {
      if (extensions.some(({ name }) => name === 'database')) return;
      throw new EventsBootError(
        'DATABASE_MISSING',
        'events()',
        'An event is committed with what it belongs to, as a row of the same database, and the application has none.',
        'extensions: [database({ entities: [ … ] }), events({ … })]',
      );
    },
    singletons: [opened],
    provide: [provide(Events, publishing), provide(OpenEvents, opened)],
    entries: consumers,
    // Publishing goes on: they wait.
    health: { events: taken },
    check: (plan) => {
      context.plan = plan;
      checkNumber('events({ keep })', 'days', keep.days, [1, 3650]);
      checkGroups(groupsOf(consumers, plan.entries));
    },
    work: async (host) => {
      const open = host.get(opened);
      if (host.byHand) return new ByHand(open, host.log);
      context.relays = true;
      return EventsWork.start(open, host);
    },
  };
}

/** Once a database: the tables of a test are those of its template, and these are not among them. */
async function made({ pool, directUrl }: DatabaseAccess): Promise<void> {
  try {
    await checkTables(pool);
  } catch (error) {
    if (!(error instanceof EventsBootError)) throw error;
    await makeTables(directUrl);
  }
}

/** Jest says so to each of its processes. */
function isTesting(): boolean {
  return process.env['JEST_WORKER_ID'] !== undefined;
}
