import autocannon from 'autocannon';
import type { Contender } from '../contender.js';
import type { BenchDatabase } from './database.js';
import { CONNECTIONS, type DataWorkload } from './workloads.js';

/** What one load of a server came to. */
export interface DataRate {
  /** Requests per second of the server's own CPU time. */
  readonly server: number;
  /** Milliseconds of PostgreSQL's CPU time for a request; undefined where the system does not tell. */
  readonly database: number | undefined;
}

/** Loads a server for some seconds. */
export async function loadData(
  contender: Contender,
  workload: DataWorkload,
  database: BenchDatabase,
  seconds: number,
): Promise<DataRate> {
  await workload.prepare?.(database);
  const [before, databaseBefore] = [(await contender.used()).cpu, database.cpu()];
  let connection = 0;
  const result = await autocannon({
    url: contender.url,
    connections: CONNECTIONS,
    duration: seconds,
    setupClient: (client) => client.setRequests(workload.requests(connection++)),
  });
  const used = (await contender.used()).cpu - before;
  const databaseAfter = database.cpu();
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(
      `${contender.name} answers requests of ${workload.name} as it should not: ${result.non2xx} refused, ${result.errors} failed`,
    );
  return {
    server: result.requests.total / (used / 1e6),
    database:
      databaseBefore === undefined || databaseAfter === undefined
        ? undefined
        : (databaseAfter - databaseBefore) / 1000 / result.requests.total,
  };
}
