import autocannon from 'autocannon';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { Figure } from './figure.js';
import { connectAll } from './connections.js';
import { Ordinary } from './ordinary.js';
import type { Subject } from './subject.js';

const REQUEST = 'GET /items/1 HTTP/1.1\r\nHost: localhost\r\n\r\n';

/** Connections that have asked once and are kept. */
export async function idle(subject: Subject, count: number, seconds: number): Promise<Figure[]> {
  // What a warm server needs is not what connections take.
  await autocannon({ url: `${subject.url}/items/1`, connections: 100, amount: 50_000 });
  const warm = await ask(subject, 100);
  const before = await subject.census();
  const sockets = await ask(subject, count - warm.length);
  const after = await subject.census();
  const ordinary = new Ordinary(subject);
  await delay(seconds * 1000);
  const slowest = await ordinary.stop();
  const held = [...warm, ...sockets].filter(
    ({ destroyed, readableEnded }) => !destroyed && !readableEnded,
  ).length;
  for (const socket of [...warm, ...sockets]) socket.destroy();
  const { open } = await subject.settled((census) => census.open < before.open);
  return [
    { name: `connections held for ${seconds} s`, value: held, unit: '', exactly: count },
    {
      name: 'heap of each',
      value: (after.heap - before.heap) / sockets.length / 1024,
      unit: 'KiB',
    },
    {
      name: 'resident memory of each',
      value: (after.resident - before.resident) / sockets.length / 1024,
      unit: 'KiB',
      most: 16,
    },
    { name: 'other requests, 99th percentile', value: slowest, unit: 'ms', most: 20 },
    { name: 'other requests failed', value: ordinary.failed, unit: '', exactly: 0 },
    {
      name: 'connections left after they were closed',
      value: Math.max(0, open - before.open + warm.length),
      unit: '',
      most: 1,
    },
  ];
}

async function ask(subject: Subject, count: number) {
  const sockets = await connectAll(subject.port, count);
  for (let from = 0; from < sockets.length; from += 100) {
    await Promise.all(
      sockets.slice(from, from + 100).map((socket) => {
        const answer = once(socket, 'data');
        socket.write(REQUEST);
        return answer;
      }),
    );
  }
  return sockets;
}
