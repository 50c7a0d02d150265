import type { EntityManager } from '@mikro-orm/postgresql';
import type { Session } from './session';

/**
 * Reads without a transaction, from a replica where there is one. What it gives are plain rows; to
 * write, take a `Session`.
 *
 * @example
 * constructor(private readonly db: Reader) {}
 */
export abstract class Reader {
  /** The row, or a 404. */
  abstract readonly get: Session['get'];
  abstract readonly page: Session['page'];
  abstract readonly cursorPage: Session['cursorPage'];

  // As MikroORM has them.
  abstract readonly find: EntityManager['find'];
  abstract readonly findOne: EntityManager['findOne'];
  abstract readonly findOneOrFail: EntityManager['findOneOrFail'];
  abstract readonly findAndCount: EntityManager['findAndCount'];
  abstract readonly count: EntityManager['count'];
  abstract readonly createQueryBuilder: EntityManager['createQueryBuilder'];
  abstract readonly stream: EntityManager['stream'];
  abstract readonly getKysely: EntityManager['getKysely'];
  abstract readonly execute: EntityManager['execute'];
}
