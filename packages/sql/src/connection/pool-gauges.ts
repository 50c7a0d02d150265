import type { Pool } from 'pg';
import type { Gauge } from 'vivace/extend';

/** What a pool tells of itself to who measures. */
export function poolGauges({ totalCount, idleCount, waitingCount }: Pool): readonly Gauge[] {
  const connections = { name: 'db_pool_connections', help: 'Connections to the database' };
  return [
    { ...connections, labels: { state: 'used' }, value: totalCount - idleCount },
    { ...connections, labels: { state: 'idle' }, value: idleCount },
    {
      name: 'db_pool_waiting',
      help: 'Who waits for a connection to the database',
      value: waitingCount,
    },
  ];
}
