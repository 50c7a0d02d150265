import type { Options } from '@mikro-orm/postgresql';
import type { Class } from 'vivace';
import { AbsentFields } from './entities/absent-fields';
import { WriteChecks } from './entities/checks';
import { NestedCommits } from './session/nested-commits';
import { OpenSession } from './session/open-session';
import { RowDriver } from './session/row-driver';
import { tablesOf } from './entities/schema';

/**
 * What MikroORM is told of the entities of a database; where it connects to is added by `database()`.
 *
 * @throws SqlBootError for a class that does not say enough to be a table
 */
export function ormOptions(
  entities: readonly Class[],
): Pick<Options, 'driver' | 'entities' | 'entityManager' | 'subscribers'> {
  return {
    entities: tablesOf(entities).map(({ schema }) => schema),
    driver: RowDriver,
    entityManager: OpenSession as never,
    subscribers: [new WriteChecks(), new AbsentFields(), new NestedCommits()],
  };
}
