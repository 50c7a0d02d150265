import { holds, type Case } from '../case.js';
import { closeCode, frame, handshake, openSocket, PING, TEXT } from '../frames.js';

const ECHO = '/sockets/echo';
const MEBIBYTE = 2 ** 20;

/** What handlers and clients do with a WebSocket that is open. */
export const socketClients: readonly Case[] = [
  {
    id: 'W17',
    attack: 'a handler that throws',
    must: 'closed: 1011, nothing told',
    run: async (target) => {
      await using wire = await openSocket(target, '/sockets/throws');
      const text = await wire.send(frame(TEXT, 'x')).closed();
      holds(closeCode(text) === 1011 && !text.includes('secret'), `closed: ${closeCode(text)}`);
    },
  },
  {
    id: 'W18',
    attack: '100 clients that vanish',
    must: 'none is left',
    run: async (target) => {
      const { open } = await target.census();
      const wires = await Promise.all(Array.from({ length: 100 }, () => openSocket(target, ECHO)));
      for (const wire of wires) wire.reset();
      const after = await target.settled(
        ({ open: now, opened, closed }) => now <= open && opened['session'] === closed['session'],
      );
      holds(after.open <= open, `${after.open - open} more open`);
    },
  },
  {
    id: 'W19',
    attack: '20,000 pings at once',
    must: 'others are answered, memory stays',
    run: async (target) => {
      const before = await target.census('memory');
      await using wire = await openSocket(target, ECHO);
      wire
        .stopReading()
        .send(Buffer.concat(Array.from({ length: 20_000 }, () => frame(PING, 'x'))));
      const answer = await target.ask('/items/1');
      holds(answer.status === 200, `${answer.status}`);
      const { resident } = await target.census('memory');
      holds(resident - before.resident < 60 * MEBIBYTE, `${resident - before.resident} bytes`);
    },
  },
  {
    id: 'W20',
    slow: true,
    attack: 'a client that never reads',
    must: 'given up, memory stays',
    run: async (target) => {
      const before = await target.census('memory');
      const wires = await Promise.all(
        Array.from({ length: 10 }, () => openSocket(target, '/sockets/flood')),
      );
      for (const wire of wires) wire.stopReading();
      const after = await target.settled(({ open }) => open <= before.open);
      for (const wire of wires) wire.reset();
      const grown = after.resident - before.resident;
      holds(grown < 60 * MEBIBYTE, `${grown} bytes`);
    },
    ours: true,
  },
  {
    id: 'W22',
    attack: 'a message in one piece with the handshake',
    must: 'comes back',
    run: async (target) => {
      await using wire = target.wire(
        Buffer.concat([Buffer.from(handshake(ECHO)), frame(TEXT, 'early')]),
      );
      const text = await wire.until(/early/);
      holds(text.includes('early'), text.slice(-40));
    },
  },
  {
    id: 'W23',
    attack: '7 KB of blanks as protocols',
    must: 'answered',
    run: async (target) => {
      await using wire = target.wire(
        handshake(ECHO, { 'sec-websocket-protocol': `a${' '.repeat(7000)}b` }),
      );
      const text = await wire.until(/\r\n\r\n/);
      holds(/^HTTP\/1\.1 (?:101|4)/.test(text), text.slice(0, 60));
    },
  },
  {
    id: 'W24',
    attack: 'a protocol that is not spoken',
    must: 'not agreed to',
    run: async (target) => {
      await using wire = target.wire(handshake(ECHO, { 'sec-websocket-protocol': 'chat' }));
      const text = await wire.until(/\r\n\r\n/);
      holds(!/sec-websocket-protocol/i.test(text), text.slice(0, 200));
    },
  },
  {
    id: 'W25',
    attack: 'a message 5,000 lists deep',
    must: 'closed: 1008',
    ours: true,
    run: async (target) => {
      await using wire = await openSocket(target, '/sockets/said');
      const deep = `{"text":"x","deep":${'['.repeat(5000)}${']'.repeat(5000)}}`;
      const code = closeCode(await wire.send(frame(TEXT, deep)).closed());
      holds(code === 1008, `closed: ${code}`);
    },
  },
];
