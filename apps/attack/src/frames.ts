import { randomBytes } from 'node:crypto';
import type { Target } from './target.js';
import type { Wire } from './wire.js';

export interface FrameOptions {
  readonly final?: boolean;
  readonly masked?: boolean;
  /** The three reserved bits. */
  readonly reserved?: number;
  /** What the frame says of its length, if not the truth. */
  readonly length?: bigint;
}

export const TEXT = 1;
export const BINARY = 2;
export const CONTINUATION = 0;
export const CLOSE = 8;
export const PING = 9;

/** One frame of a WebSocket, right or wrong. */
export function frame(
  opcode: number,
  payload: string | Uint8Array = '',
  { final = true, masked = true, reserved = 0, length }: FrameOptions = {},
): Buffer {
  const bytes = Buffer.from(payload);
  const size = length ?? BigInt(bytes.length);
  const head =
    size < 126n
      ? Buffer.from([0, Number(size)])
      : size < 65_536n
        ? Buffer.from([0, 126, Number(size >> 8n), Number(size & 255n)])
        : Buffer.concat([Buffer.from([0, 127]), sizeBytes(size)]);
  head[0] = (final ? 0x80 : 0) | (reserved << 4) | opcode;
  if (!masked) return Buffer.concat([head, bytes]);
  head[1]! |= 0x80;
  const mask = randomBytes(4);
  const hidden = bytes.map((byte, index) => byte ^ mask[index % 4]!);
  return Buffer.concat([head, mask, hidden]);
}

function sizeBytes(size: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(size);
  return bytes;
}

export const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';

/** The text of a handshake. */
export function handshake(
  path: string,
  headers: Readonly<Record<string, string | undefined>> = {},
  method = 'GET',
): string {
  const all = {
    host: 'localhost',
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': KEY,
    ...headers,
  };
  const lines = Object.entries(all)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`;
}

/** A connection on which the handshake has succeeded. */
export async function openSocket(target: Target, path: string): Promise<Wire> {
  const wire = target.wire(handshake(path));
  const text = await wire.until(/\r\n\r\n/);
  if (!text.startsWith('HTTP/1.1 101')) throw new Error(`no WebSocket: ${text.slice(0, 60)}`);
  return wire;
}

/** The code that a connection was closed with by its server. */
export function closeCode(received: string): number | undefined {
  const bytes = Buffer.from(received.slice(received.indexOf('\r\n\r\n') + 4), 'latin1');
  for (let at = 0; at + 1 < bytes.length;) {
    const opcode = bytes[at]! & 15;
    const short = bytes[at + 1]! & 127;
    const [length, start] =
      short < 126
        ? [short, at + 2]
        : short === 126
          ? [bytes.readUInt16BE(at + 2), at + 4]
          : [Number(bytes.readBigUInt64BE(at + 2)), at + 10];
    if (opcode === CLOSE) return length >= 2 ? bytes.readUInt16BE(start) : 1005;
    at = start + length;
  }
  return undefined;
}
