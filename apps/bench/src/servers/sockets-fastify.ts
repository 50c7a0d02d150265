import websocket from '@fastify/websocket';
import Fastify from 'fastify';
import type { WebSocket } from 'ws';
import { readySockets } from '../ready-sockets.js';

let open = 0;
const rooms = new Map<string, Set<WebSocket>>();
const fastify = Fastify();
await fastify.register(websocket);
// As `sockets`: says it back, or to everybody in the room.
fastify.get<{ Params: { room: string } }>(
  '/chat/:room',
  { websocket: true },
  (socket, { params: { room } }) => {
    const members = rooms.get(room) ?? new Set();
    rooms.set(room, members.add(socket));
    open += 1;
    socket.on('message', (data: Buffer, binary) => {
      if (room === 'own') socket.send(data, { binary });
      else for (const member of members) member.send(data, { binary });
    });
    socket.on('close', () => {
      members.delete(socket);
      open -= 1;
    });
  },
);
readySockets(
  await fastify.listen({ host: '127.0.0.1', port: Number(process.argv[2]) }),
  () => open,
);
