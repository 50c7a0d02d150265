import { join } from 'node:path';
import { measureIdle, measureSockets } from './sockets.js';

const programOf = (name: string): string => join(__dirname, `../dist/servers/${name}.js`);

it('200 idle and 50 chatting WebSockets are held, answered, and told of the end; one that does not read is given up', async () => {
  const figures = await measureSockets(
    { idle: 200, chatting: 50, messages: 20, broadcasts: 5 },
    programOf('sockets'),
  );
  expect([figures.held, figures.goodbyes]).toEqual([305, 305]);
});

it('An idle WebSocket takes hardly more memory than one of @fastify/websocket, which waits for nothing', async () => {
  const load = { idle: 1000, chatting: 1, messages: 20, broadcasts: 1 };
  const ours = await measureIdle(load, programOf('sockets'));
  const plain = await measureIdle(load, programOf('sockets-fastify'));
  expect(ours.heap / plain.heap).toBeLessThan(1.2);
});
