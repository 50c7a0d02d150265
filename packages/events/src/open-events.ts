import type { DatabaseAccess } from '@vivace/sql';
import type { Broker } from './broker/broker';
import type { GroupDefinition } from './consume/definition';
import type { Outlet } from './publish/outlet';

/** What is open of the events of a server. */
export interface OpenEvents {
  readonly database: DatabaseAccess;
  readonly outlet: Outlet;
  /** Undefined: the database. */
  readonly broker: Broker | undefined;
  readonly groups: readonly GroupDefinition[];
  readonly days: number;
}
