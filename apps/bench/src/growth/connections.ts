import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import type { Contender } from '../contender.js';

const asking = (path: string, ...headers: string[]): string =>
  [`GET ${path} HTTP/1.1`, 'host: localhost', ...headers, '', ''].join('\r\n');

/** What clients ask who then stay: they want nothing more, they read a stream, they are members of a room. */
export const staying = {
  connections: asking('/hello'),
  streams: asking('/ticks'),
  sockets: asking(
    '/room',
    'connection: Upgrade',
    'upgrade: websocket',
    'sec-websocket-version: 13',
    'sec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==',
  ),
};

/** Measures while so many clients are there that have asked something and stay. */
export async function beside(
  { url }: Contender,
  request: string,
  counts: readonly number[],
  measure: (count: number) => Promise<void>,
): Promise<void> {
  const { hostname, port } = new URL(url);
  const open: Socket[] = [];
  try {
    for (const count of counts) {
      while (open.length < count) {
        const some = Array.from({ length: Math.min(100, count - open.length) }, () =>
          connect(Number(port), hostname),
        );
        open.push(...some);
        await Promise.all(some.map((socket) => once(socket, 'connect')));
        await Promise.all(some.map((socket) => answered(socket, request)));
      }
      await measure(count);
    }
  } finally {
    for (const socket of open) socket.destroy();
  }
}

/** All that comes after the first answer is read and forgotten. */
async function answered(socket: Socket, request: string): Promise<void> {
  socket.on('error', () => {});
  socket.write(request);
  const [first] = (await once(socket, 'data')) as [Buffer];
  if (!/^HTTP\/1\.1 (200|101) /.test(first.toString('latin1')))
    throw new Error(`${request}is answered with ${first.toString()}`);
  socket.resume();
}
