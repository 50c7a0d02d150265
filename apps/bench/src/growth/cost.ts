import type { Contender } from '../contender.js';
import type { Request } from '../workloads.js';

const rounds = Number(process.env.BENCH_ROUNDS ?? 4);
const PARALLEL = 16;

/** How many requests are a round: fewer of those that are large. */
const countOf = ({ body = '' }: Request): number =>
  Math.max(2 * PARALLEL, Math.min(2000, Math.round(2e6 / (body.length + 500))));

/**
 * Microseconds of CPU time that a request costs the server: the least of some rounds, since whoever else uses the machine can only add to
 * it. The first one warms it.
 */
export async function cost(server: Contender, request: Request): Promise<number> {
  const costs: number[] = [];
  const count = countOf(request);
  for (let round = 0; round <= rounds; round += 1) {
    const before = await server.used();
    await sendAll(server, request, count);
    costs.push(((await server.used()).cpu - before.cpu) / count);
  }
  return Math.min(...costs.slice(1));
}

async function sendAll({ url }: Contender, request: Request, count: number): Promise<void> {
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
  await Promise.all(Array.from({ length: PARALLEL }, send));
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
