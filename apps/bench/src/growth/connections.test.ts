import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Contender } from '../contender.js';
import { beside, staying } from './connections.js';

/** Answers, and keeps the connection: with a stream, a WebSocket that says nothing, or a refusal. */
async function listening(status: number): Promise<Server & AsyncDisposable> {
  const server = createServer((_, response) => void response.writeHead(status).write('first'));
  server.on('upgrade', (_, socket) => {
    socket.on('error', () => {}).on('end', () => socket.end());
    socket.resume().write('HTTP/1.1 101 Switching Protocols\r\n\r\n');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

const at = (server: Server): Contender =>
  ({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }) as Contender;

it.each(['streams', 'sockets'] as const)(
  'Something is measured while so many %s are open, and they are gone afterwards',
  async (name) => {
    await using server = await listening(200);
    const open = (): Promise<number> =>
      new Promise((resolve) => server.getConnections((_, count) => resolve(count)));
    const seen: [number, number][] = [];
    await beside(at(server), staying[name], [1, 150, 300], async (count) => {
      seen.push([count, await open()]);
    });
    expect(seen).toEqual([
      [1, 1],
      [150, 150],
      [300, 300],
    ]);
  },
);

it('Clients that are refused are no load', async () => {
  await using server = await listening(404);
  const measured = beside(at(server), staying.streams, [1], async () => {});
  await expect(measured).rejects.toThrow('404');
});
