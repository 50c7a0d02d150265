import type { MikroORM } from '@mikro-orm/postgresql';
import type { FastifyBaseLogger } from 'fastify';
import { dependency, provide, type Dependency } from 'vivace';
import type { Extension, Plan } from 'vivace/extend';
import { DatabaseAccess } from './access';
import { betweenProcesses } from './between-processes';
import { databaseErrors } from './errors/answers';
import { internals } from './internals';
import { migrationsReady } from './migrations/readiness';
import { openServerDatabase, type ServerDatabase } from './opening/server-database';
import { checkCursorKey } from './opening/cursor-key';
import { checkNode } from './opening/node-version';
import { checkSettings, settingsOf, type DatabaseOptions } from './opening/options';
import { targetOf } from './opening/target';
import { sessionProvisions } from './session/provisions';

/** A database of an application: an entry of its `extensions`. */
export interface Database extends Extension {
  /** The ORM, open: for what this package does not say. */
  readonly orm: Dependency<MikroORM>;
}

/**
 * Gives an application a PostgreSQL: the one at `DATABASE_URL`, in development the embedded one, in
 * tests a database of their own.
 *
 * @throws BootError OPTION_NUMBER, for a limit that is no number
 * @example
 * const heroes = database({ entities: [Team, Hero] });
 * export const app = new Vivace({ controllers: [Heroes], extensions: [heroes] });
 */
export function database(options: DatabaseOptions): Database {
  const settings = settingsOf(options);
  checkSettings(database, settings);
  const context: { plan?: Plan; log?: FastifyBaseLogger; open?: ServerDatabase } = {};
  const log = (): FastifyBaseLogger | undefined => context.log;
  const opened = dependency(
    async function* () {
      const plan = context.plan!;
      const place = { ...plan, target: targetOf(settings, plan) };
      await using database = await openServerDatabase(settings, place, log);
      yield database;
    },
    { lifetime: 'singleton', name: 'database' },
  );
  // Also where a test put another one in its place.
  const noted = dependency({ opened }, ({ opened }) => void (context.open = opened), {
    lifetime: 'singleton',
  });
  const orm = dependency({ opened }, ({ opened }) => opened.orm, { lifetime: 'singleton' });
  const between = betweenProcesses(opened, settings, log);
  const made: Database = {
    name: 'database',
    // The store also where another extension's is taken: what is over is swept.
    singletons: [noted, between.store],
    provide: [...sessionProvisions(opened), provide(DatabaseAccess, opened)],
    ...between,
    health: {
      database: dependency({ opened }, ({ opened }) => opened.ping()),
      migrations: dependency({ opened }, ({ opened }) => migrationsReady(opened)),
    },
    exceptions: databaseErrors(() => context.open!.orm.getMetadata()),
    check: (plan) => {
      context.plan = plan;
      checkNode(process.versions.node);
      targetOf(settings, plan);
      checkCursorKey(settings, plan);
    },
    plugin: (fastify) => {
      context.log = fastify.log;
      for (const note of context.open?.notes ?? []) fastify.log.info(note);
    },
    orm,
  };
  internals.set(made, { options, settings, opened, log });
  return made;
}
