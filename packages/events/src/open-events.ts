import type { DatabaseAccess } from '@vivace/sql';
import type { Broker } from './broker/broker';
import type { GroupDefinition } from './consume/definition';
import type { Outlet } from './publish/outlet';

/** What is open of the events of a server. */
export abstract class OpenEvents {
  abstract readonly database: DatabaseAccess;
  abstract readonly outlet: Outlet;
  /** Undefined: the database. */
  abstract readonly broker: Broker | undefined;
  abstract readonly groups: readonly GroupDefinition[];
  abstract readonly days: number;
}
