import autocannon from 'autocannon';
import type { Contender } from './contender.js';
import type { Workload } from './workloads.js';

/** Loads a server for some seconds and gives its requests per second of its own CPU time, which hardly depends on who else uses the machine. */
export async function load(contender: Contender, workload: Workload, seconds: number): Promise<number> {
  const before = await contender.cpu();
  const result = await autocannon({ url: contender.url, connections: 64, duration: seconds, requests: workload.requests });
  const used = (await contender.cpu()) - before;
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${contender.name} failed ${result.non2xx + result.errors} requests of ${workload.name}`);
  return result.requests.total / (used / 1e6);
}
