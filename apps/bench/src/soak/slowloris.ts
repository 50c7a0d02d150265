import { once } from 'node:events';
import { quantile } from '../statistics.js';
import type { Figure } from './figure.js';
import { connectAll } from './connections.js';
import { Ordinary } from './ordinary.js';
import type { Subject } from './subject.js';

/** Clients that send a header every second and never end; the server under load gives headers 5 s. */
export async function slowloris(subject: Subject, count: number): Promise<Figure[]> {
  const ordinary = new Ordinary(subject);
  const began = performance.now();
  const sockets = await connectAll(subject.port, count);
  const opened = performance.now() - began;
  const times = sockets.map(async (socket) => {
    const since = performance.now();
    socket.resume();
    socket.write('GET /items/1 HTTP/1.1\r\nHost: localhost\r\n');
    await once(socket, 'close');
    return (performance.now() - since) / 1000;
  });
  const dribble = setInterval(() => {
    for (const socket of sockets) if (socket.writable) socket.write('x-more: 1\r\n');
  }, 1000);
  const closed = await Promise.all(times);
  clearInterval(dribble);
  return [
    {
      name: `connections opened in ${(opened / 1000).toFixed(1)} s`,
      value: sockets.length,
      unit: '',
    },
    { name: 'closed by the server after, slowest', value: quantile(closed, 1), unit: 's', most: 7 },
    { name: 'other requests, 99th percentile', value: await ordinary.stop(), unit: 'ms', most: 50 },
    { name: 'other requests failed', value: ordinary.failed, unit: '', exactly: 0 },
  ];
}
