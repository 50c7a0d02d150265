import { join } from 'node:path';
import { measureSockets } from './sockets.js';

const program = join(__dirname, '../dist/servers/sockets.js');

it('200 idle and 50 chatting WebSockets are held, answered, and told of the end; one that does not read is given up', async () => {
  const figures = await measureSockets(
    { idle: 200, chatting: 50, messages: 20, broadcasts: 5 },
    program,
  );
  expect([figures.held, figures.goodbyes]).toEqual([305, 305]);
  expect(figures.heap).toBeLessThan(12 * 1024);
});
