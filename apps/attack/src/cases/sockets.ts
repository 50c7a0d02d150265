import { deflateRawSync } from 'node:zlib';
import type { Section } from '../case.js';
import { holds, type Case } from '../case.js';
import {
  BINARY,
  CLOSE,
  closeCode,
  CONTINUATION,
  frame,
  handshake,
  openSocket,
  PING,
  TEXT,
} from '../frames.js';
import { answersIn, request } from '../wire.js';
import { socketClients } from './socket-clients.js';

const ECHO = '/sockets/echo';
const MEBIBYTE = 2 ** 20;

/** A handshake that is refused. */
function refusedHandshake(
  id: string,
  attack: string,
  must: readonly number[],
  ...texts: readonly string[]
): Case {
  return {
    id,
    attack,
    must: must.join(' or '),
    run: async (target) => {
      for (const text of texts) {
        await using wire = target.wire(text);
        const received = await wire.until(/\r\n\r\n/);
        const status = answersIn(received)[0]?.status ?? Number(received.slice(9, 12));
        holds(must.includes(status), received.slice(0, 60));
      }
    },
  };
}

/** Frames after which the connection is closed with one of these codes. */
function closedBy(
  id: string,
  attack: string,
  codes: readonly number[],
  ...series: readonly (readonly Uint8Array[])[]
): Case {
  return {
    id,
    attack,
    must: `closed: ${codes.join(' or ')}`,
    run: async (target) => {
      for (const frames of series) {
        await using wire = await openSocket(target, ECHO);
        wire.send(...frames);
        const code = closeCode(await wire.closed());
        holds(code !== undefined && codes.includes(code), `closed: ${code ?? 'without a word'}`);
      }
    },
  };
}

export const sockets: Section = {
  name: 'W: WebSockets',
  cases: [
    {
      id: 'W00',
      attack: 'a message',
      must: 'comes back',
      run: async (target) => {
        await using wire = await openSocket(target, ECHO);
        const text = await wire.send(frame(TEXT, 'hello')).until(/hello/);
        holds(text.includes('hello'), text.slice(-40));
      },
    },
    refusedHandshake(
      'W01',
      'no key, a wrong key',
      [400, 426],
      handshake(ECHO, { 'sec-websocket-key': undefined }),
      handshake(ECHO, { 'sec-websocket-key': 'short' }),
    ),
    refusedHandshake(
      'W02',
      'version 99',
      [400, 426],
      handshake(ECHO, { 'sec-websocket-version': '99' }),
    ),
    refusedHandshake('W03', 'POST', [400, 404, 405, 426], handshake(ECHO, {}, 'POST')),
    {
      id: 'W05',
      attack: 'a handshake for an ordinary route, GET for a WebSocket',
      must: 'answered, no 5xx',
      run: async (target) => {
        for (const text of [handshake('/items/1'), request('GET', ECHO, { connection: 'close' })]) {
          await using wire = target.wire(text);
          const received = await wire.until(/\r\n\r\n/);
          holds(/^HTTP\/1\.1 [24]/.test(received), received.slice(0, 60));
        }
      },
    },
    closedBy('W06', 'a frame without a mask', [1002], [frame(TEXT, 'x', { masked: false })]),
    closedBy('W07', 'a message over the limit', [1009], [frame(TEXT, 'x'.repeat(MEBIBYTE))]),
    closedBy('W08', 'reserved bits', [1002], [frame(TEXT, 'x', { reserved: 4 })]),
    closedBy(
      'W11',
      'a ping in pieces, a piece of nothing',
      [1002],
      [frame(PING, 'x', { final: false })],
      [frame(CONTINUATION, 'x')],
    ),
    closedBy(
      'W12',
      'close codes that are none',
      [1002],
      [frame(CLOSE, Buffer.from([999 >> 8, 999 & 255]))],
      [frame(CLOSE, Buffer.from([1005 >> 8, 1005 & 255]))],
      [frame(CLOSE, 'x')],
    ),
    closedBy(
      'W13',
      'a frame of 2^62 bytes',
      [1009, 1002],
      [frame(BINARY, 'x', { length: 2n ** 62n })],
    ),
    {
      id: 'W14',
      attack: 'a message in pieces without an end',
      must: 'closed: 1009, memory stays',
      run: async (target) => {
        const before = await target.census('memory');
        await using wire = await openSocket(target, ECHO);
        wire.send(frame(TEXT, 'x', { final: false }));
        for (let sent = 0; wire.open && sent < 200; sent += 1) {
          wire.send(frame(CONTINUATION, 'x'.repeat(32_768), { final: false }));
          await wire.flushed();
        }
        const code = closeCode(await wire.closed());
        const { resident } = await target.census('memory');
        holds(code === 1009, `closed: ${code}`);
        holds(resident - before.resident < 50 * MEBIBYTE, `${resident - before.resident} bytes`);
      },
    },
    {
      id: 'W15',
      attack: '60 MB compressed',
      must: 'closed: 1009',
      run: async (target) => {
        // Before the connection is open: who hears no ping for so long is taken to be gone.
        const bomb = deflateRawSync(Buffer.alloc(60 * MEBIBYTE));
        await using wire = target.wire(
          handshake(ECHO, { 'sec-websocket-extensions': 'permessage-deflate' }),
        );
        const head = await wire.until(/\r\n\r\n/);
        wire.send(frame(BINARY, bomb, { reserved: 4 }));
        const code = closeCode(await wire.closed());
        holds(
          code === 1009 || (code === 1002 && !/sec-websocket-extensions/i.test(head)),
          `closed: ${code}`,
        );
      },
    },
    refusedHandshake(
      'W16',
      'Origin: https://evil.example',
      [403],
      handshake(ECHO, { origin: 'https://evil.example' }),
      handshake(ECHO, { origin: 'null' }),
    ),
    ...socketClients,
  ],
};
