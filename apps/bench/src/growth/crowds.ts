import type { Contender } from '../contender.js';
import { beside, staying } from './connections.js';
import { cost, fewOf } from './cost.js';
import type { Point, Series } from './series.js';

const sizes = [1, 100, 1000, 10_000];

/** What another request costs while clients stay. */
export async function flatBeside(
  server: Contender,
  name: keyof typeof staying,
  axis: string,
  measure: (count: number) => Promise<void> = async () => {},
): Promise<Series> {
  const points: Point[] = [];
  await beside(server, staying[name], sizes, async (size) => {
    points.push({ size, cost: await cost(server, { path: '/hello' }) });
    await measure(size);
  });
  return { name, axis, expected: 'flat', points };
}

/** The same, and what it costs to tell all of them something. */
export async function toAll(
  server: Contender,
  name: 'streams' | 'sockets',
  telling: string,
  path: string,
): Promise<Series[]> {
  const points: Point[] = [];
  const flat = await flatBeside(server, name, `open ${name} beside it`, async (size) => {
    points.push({ size, cost: await cost(server, { method: 'POST', path }, fewOf(size)) });
  });
  const axis = `${name} that are told something by one request`;
  return [flat, { name: telling, axis, expected: 'linear', points }];
}
