import { SqlBootError } from '../boot-error';
import { STORE_CONNECTIONS } from '../store/database-store';

/** Connections of each process beside its pool: those of the store, and the one of rooms. */
const BESIDE = STORE_CONNECTIONS + 1;
/** Further ones of each process that does jobs or events, by the kind of its entry points. */
const WORK: Readonly<Record<string, number>> = { job: 3, event: 4 };
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
  kinds: readonly string[],
  maxConnections: number,
): void {
  const beside = BESIDE + working(kinds);
  const each = pool + beside;
  const wanted = workers * each + RESERVE;
  if (wanted <= maxConnections) return;
  const fitting = Math.floor((maxConnections - RESERVE) / workers) - beside;
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

/** Jobs and those by the clock share theirs. */
function working(kinds: readonly string[]): number {
  const known = new Set(kinds.map((kind) => (kind === 'cron' ? 'job' : kind)));
  return [...known].reduce((sum, kind) => sum + (WORK[kind] ?? 0), 0);
}
