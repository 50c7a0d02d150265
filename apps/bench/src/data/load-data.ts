import autocannon from 'autocannon';
import type { Contender } from '../contender.js';
import type { Load } from '../load.js';
import type { BenchDatabase } from './database.js';
import { CONNECTIONS, type DataWorkload } from './workloads.js';

/** What a server and PostgreSQL did under load. */
export interface DataLoad extends Load {
  /** Milliseconds of PostgreSQL's CPU time for a request; undefined where the system does not tell. */
  readonly database: number | undefined;
}

/** Loads a server for some seconds. */
export async function loadData(
  contender: Contender,
  workload: DataWorkload,
  database: BenchDatabase,
  seconds: number,
): Promise<DataLoad> {
  await workload.prepare?.(database);
  const [before, databaseBefore] = [(await contender.used()).cpu, database.cpu()];
  let connection = 0;
  const result = await autocannon({
    url: contender.url,
    connections: CONNECTIONS,
    duration: seconds,
    setupClient: (client) => client.setRequests(workload.requests(connection++)),
  });
  const { cpu, slices } = await contender.used();
  const databaseAfter = database.cpu();
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(
      `${contender.name} answers requests of ${workload.name} as it should not: ${result.non2xx} refused, ${result.errors} failed`,
    );
  return {
    rate: result.requests.total / ((cpu - before) / 1e6),
    slices,
    database:
      databaseBefore === undefined || databaseAfter === undefined
        ? undefined
        : (databaseAfter - databaseBefore) / 1000 / result.requests.total,
  };
}
