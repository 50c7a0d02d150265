import { fileURLToPath } from 'node:url';
import { measureIdle, measureSockets } from './sockets.js';

const [idle = 1000, chatting = 200] = process.argv.slice(2).map(Number);
const programOf = (name: string): string =>
  fileURLToPath(new URL(`./servers/${name}.js`, import.meta.url));
// Somebody has to find out whether others are still served.
const load = { idle, chatting: Math.max(1, chatting), messages: 100, broadcasts: 20 };
const figures = await measureSockets(load, programOf('sockets'));
const peer = await measureIdle(load, programOf('sockets-fastify'));
const kibibytes = (bytes: number): string => `${(bytes / 1024).toFixed(1)} KiB`;
const more = Math.round((figures.heap / peer.heap - 1) * 100);

const rows = {
  'connections held': figures.held,
  'heap of an idle one': kibibytes(figures.heap),
  'the same of @fastify/websocket': `${kibibytes(peer.heap)} (+${more} %)`,
  'resident memory of an idle one': kibibytes(figures.resident),
  'answers per second': figures.rate.toFixed(0),
  'answer, 99th percentile': `${figures.answer.toFixed(1)} ms`,
  [`broadcast to ${load.chatting}, slowest of 20`]: `${figures.broadcast.toFixed(1)} ms`,
  'a client that does not read is given up after': `${figures.cut.toFixed(0)} ms`,
  'told 1001 at shutdown': figures.goodbyes,
  'process ended after': `${figures.shutdown.toFixed(0)} ms`,
};
console.log(
  `${idle} idle and ${load.chatting} chatting WebSockets on Node ${process.version}, client on the same machine\n`,
);
for (const [name, value] of Object.entries(rows))
  console.log(`${name.padEnd(48)}${String(value).padStart(18)}`);
