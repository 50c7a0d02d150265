import { DatabaseSchema } from '@mikro-orm/sql';
import { MikroORM } from '@mikro-orm/postgresql';
import { entitiesText } from './entities';

/** Those that write of what they have done: no entities. */
const LEDGERS: readonly string[] = ['mikro_orm_migrations'];

/**
 * Classes for the tables of a database that is there, in the schema `public`.
 *
 * @returns the text of a module; empty where there are no tables
 */
export async function pullEntities(url: string): Promise<string> {
  const orm = await MikroORM.init({
    clientUrl: url,
    discovery: { warnWhenNoEntities: false },
  });
  try {
    const { em, config } = orm;
    const schema = await DatabaseSchema.create(
      em.getConnection(),
      em.getPlatform(),
      config as never,
      undefined,
      ['public'],
    );
    const tables = schema
      .getTables()
      .filter(({ name, schema: of = 'public' }) => of === 'public' && !LEDGERS.includes(name));
    const sorted = tables.toSorted((one, other) => (one.name < other.name ? -1 : 1));
    return sorted.length === 0 ? '' : entitiesText(sorted);
  } finally {
    await orm.close();
  }
}
