import type { Contender } from '../contender.js';
import type { Request } from '../workloads.js';

const rounds = Number(process.env.BENCH_ROUNDS ?? 4);
const PARALLEL = 16;

/** Fewer of those that are large. */
const amountOf = ({ body = '' }: Request): Amount => ({
  count: Math.max(2 * PARALLEL, Math.min(2000, Math.round(2e6 / (body.length + 500)))),
  parallel: PARALLEL,
});

/** Of a request that is answered to each of many clients fewer are enough, one after the other. */
export const fewOf = (clients: number): Amount => ({
  count: Math.max(4, Math.min(500, Math.round(20_000 / clients))),
  parallel: 1,
});

interface Amount {
  /** How many requests are a round. */
  readonly count: number;
  readonly parallel: number;
}

/**
 * Microseconds of CPU time that a request costs the server: the least of some rounds, since whoever else uses the machine can only add to
 * it. The first one warms it.
 */
export async function cost(
  server: Contender,
  request: Request,
  { count, parallel }: Amount = amountOf(request),
): Promise<number> {
  const costs: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const before = await server.used();
    await sendAll(server, request, count, parallel);
    costs.push(((await server.used()).cpu - before.cpu) / count);
  }
  return Math.min(...costs.slice(1));
}

async function sendAll(
  { url }: Contender,
  request: Request,
  count: number,
  parallel: number,
): Promise<void> {
  const { path, ...init } = request;
  let left = count;
  const send = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const response = await fetch(url + path, init);
      if (!response.ok)
        throw new Error(`${path} answers ${response.status} ${await response.text()}`);
      await response.arrayBuffer();
    }
  };
  await Promise.all(Array.from({ length: parallel }, send));
}

/** Microseconds of CPU time that the parser of the engine needs for a text. */
export function parsing(text: string): number {
  const times = Array.from({ length: 20 }, () => {
    const before = process.cpuUsage();
    JSON.parse(text);
    const { user, system } = process.cpuUsage(before);
    return user + system;
  });
  return Math.min(...times);
}
