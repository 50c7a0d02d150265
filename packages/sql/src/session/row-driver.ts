import { LockMode, type EntityData, type EntityMetadata, type EntityName } from '@mikro-orm/core';
import { PostgreSqlDriver } from '@mikro-orm/postgresql';
import { readPlan, selectOf } from '../rows/row-reads';
import { rowTableOf } from '../rows/row-table';
import { withNames, type RowStatement } from '../rows/statements';
import { stepsIn } from './order';
import { SessionTransaction } from './session-transaction';

/**
 * The driver of MikroORM. Rows of one table are read by a statement that the server prepares once; the
 * library would build its text anew each time, and have it parsed.
 */
export class RowDriver extends PostgreSqlDriver {
  override async find<T extends object>(
    entity: EntityName<T>,
    where: never,
    options: Reading = {},
  ): Promise<EntityData<T>[]> {
    const { ctx } = options;
    const meta = this.metadata.get(entity as never) as EntityMetadata;
    const statement = selectedBy(meta, where, options);
    if (statement === undefined || !(ctx instanceof SessionTransaction))
      return super.find<T>(entity, where, options as never);
    const isRead = (options.lockMode ?? LockMode.NONE) === LockMode.NONE;
    const { rows } = await this.rethrow(ctx.query(withNames(statement), isRead));
    return rows.map((row) => this.mapResult<T>(row as never, meta as never)!);
  }
}

/** What is told here of the options of the library. */
interface Reading {
  readonly ctx?: unknown;
  readonly orderBy?: unknown;
  readonly lockMode?: LockMode | undefined;
  readonly limit?: number | undefined;
  readonly offset?: number | undefined;
}

/** Undefined for what is more than rows of one table. */
function selectedBy(
  meta: EntityMetadata,
  where: unknown,
  options: Reading,
): RowStatement | undefined {
  const { orderBy, lockMode = LockMode.NONE, limit, offset } = options;
  const isMore = Object.entries(options).some(([name, value]) => !KNOWN.has(name) && isSaid(value));
  const table = isMore ? undefined : rowTableOf(meta);
  const plan = table && readPlan(table);
  const order = stepsIn(meta, orderBy);
  const lock = LOCKS.get(lockMode);
  if (plan === undefined || order === undefined || lock === undefined) return undefined;
  return selectOf(plan, {
    where,
    order,
    lock,
    ...(limit !== undefined && { limit }),
    ...(offset !== undefined && { offset }),
  });
}

/** Options that the statement says, those that only speak of relations which are loaded with it, and those of the log. */
const KNOWN: ReadonlySet<string> = new Set(
  'ctx em orderBy lockMode limit offset flags loggerContext logging populateWhere _populateWhere populateFilter flushMode'.split(
    ' ',
  ),
);

const LOCKS: ReadonlyMap<LockMode, string> = new Map([
  [LockMode.NONE, ''],
  [LockMode.OPTIMISTIC, ''],
  [LockMode.PESSIMISTIC_READ, ' for share'],
  [LockMode.PESSIMISTIC_WRITE, ' for update'],
  [LockMode.PESSIMISTIC_PARTIAL_WRITE, ' for update skip locked'],
  [LockMode.PESSIMISTIC_WRITE_OR_FAIL, ' for update nowait'],
  [LockMode.PESSIMISTIC_PARTIAL_READ, ' for share skip locked'],
  [LockMode.PESSIMISTIC_READ_OR_FAIL, ' for share nowait'],
]);

function isSaid(value: unknown): boolean {
  return value !== undefined && !(Array.isArray(value) && value.length === 0);
}
