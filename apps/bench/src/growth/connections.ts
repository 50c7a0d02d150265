import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import type { Contender } from '../contender.js';
import type { Point } from './series.js';

const REQUEST = 'GET /hello HTTP/1.1\r\nhost: localhost\r\n\r\n';

/** What is measured while so many connections are open that have asked once and say nothing more. */
export async function idleConnections(
  { url }: Contender,
  counts: readonly number[],
  measure: () => Promise<number>,
): Promise<Point[]> {
  const { hostname, port } = new URL(url);
  const open: Socket[] = [];
  const points: Point[] = [];
  try {
    for (const size of counts) {
      while (open.length < size) {
        const some = Array.from({ length: Math.min(100, size - open.length) }, () =>
          connect(Number(port), hostname),
        );
        open.push(...some);
        await Promise.all(some.map((socket) => once(socket, 'connect')));
        await Promise.all(
          some.map((socket) => {
            socket.on('error', () => {});
            socket.write(REQUEST);
            return once(socket, 'data');
          }),
        );
      }
      points.push({ size, cost: await measure() });
    }
  } finally {
    for (const socket of open) socket.destroy();
  }
  return points;
}
