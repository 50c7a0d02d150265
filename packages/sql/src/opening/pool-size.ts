import { SqlBootError } from '../boot-error';

/** Connections of each process beside its pool, where it does jobs or events. */
const WORK = 3;
/** Left for people, migrations and what the server keeps for itself. */
const RESERVE = 5;

/**
 * Checks that all processes together can have the connections that they may take.
 *
 * @throws SqlBootError with the numbers
 */
export function checkPoolSize(
  pool: number,
  workers: number,
  works: boolean,
  maxConnections: number,
): void {
  const each = pool + (works ? WORK : 0);
  const wanted = workers * each + RESERVE;
  if (wanted <= maxConnections) return;
  const fitting = Math.floor((maxConnections - RESERVE) / workers) - (works ? WORK : 0);
  throw new SqlBootError(
    'POOL_TOO_LARGE',
    'database({ pool })',
    `${workers} ${workers === 1 ? 'process' : 'processes'} with ${each} connections each and ` +
      `${RESERVE} in reserve are ${wanted}; the server has ${maxConnections} (max_connections).`,
    fitting > 0
      ? `pool: ${fitting}, fewer workers, or a larger max_connections`
      : 'fewer workers, or a larger max_connections',
  );
}
