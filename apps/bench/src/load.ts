import autocannon from 'autocannon';
import type { Contender } from './contender.js';
import type { Workload } from './workloads.js';

/** Loads a server for some seconds and gives its requests per second of its own CPU time, which hardly depends on who else uses the machine. */
export async function load(
  contender: Contender,
  workload: Workload,
  seconds: number,
): Promise<number> {
  const before = await contender.cpu();
  const result = await autocannon({
    url: contender.url,
    connections: 64,
    duration: seconds,
    requests: workload.requests,
  });
  const used = (await contender.cpu()) - before;
  const refused = 'mistake' in workload.expect ? result.requests.total : 0;
  if (result.non2xx !== refused || result.errors > 0)
    throw new Error(
      `${contender.name} answers requests of ${workload.name} as it should not: ${result.non2xx} refused, ${result.errors} failed`,
    );
  return result.requests.total / (used / 1e6);
}
