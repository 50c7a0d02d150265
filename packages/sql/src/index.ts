export {
  Collection,
  LockMode,
  type Hidden,
  type Loaded,
  type Opt,
  type Rel,
} from '@mikro-orm/core';
export { sql } from '@mikro-orm/postgresql';
export {
  Column,
  Entity,
  Id,
  Index,
  Many,
  ManyToMany,
  OnDelete,
  Transient,
  Unique,
} from './entities/decorators';
export { DatabaseAccess } from './access';
export { keepTables, type PackageTables } from './migrations/package-tables';
export { escapeLike } from './session/escape-like';
export type { Order } from './session/order';
export type { PageOptions } from './session/pages';
export { Repository, type RepositoryOf } from './session/repository';
export { Session } from './session/session';
export { Migration } from '@mikro-orm/migrations';
export { database, type Database } from './database';
export type { DatabaseOptions } from './opening/options';
export { Reader } from './session/reader';
export { Transaction, type TransactionOptions } from './session/transaction';
