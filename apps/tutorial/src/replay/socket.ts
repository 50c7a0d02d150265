import { WebSocket, type RawData } from 'ws';
import { differences, type Mismatch } from './compare';
import { portOf } from './http';
import { wireRequest } from './request';
import type { Exchange, Frame } from './recording';
import type { Server } from 'vivace';

const PATIENCE = 5_000;
const GENERATED = /^(host|connection|content-length)$/;

type Event =
  | { readonly text: string }
  | { readonly bytes: Buffer }
  | { readonly close: number; readonly reason: string }
  | { readonly accept: string | null };

/** One recorded WebSocket: opened first, so that those of one test know each other, then played. */
export class SocketReplay {
  private readonly events: Event[] = [];
  private wake: () => void = () => {};
  private readonly socket: WebSocket;

  constructor(
    server: Server,
    private readonly exchange: Exchange,
  ) {
    const wire = wireRequest(exchange.request);
    const headers = Object.fromEntries(wire.headers.filter(([name]) => !GENERATED.test(name)));
    const protocols = headers['sec-websocket-protocol']?.split(/\s*,\s*/) ?? [];
    this.socket = new WebSocket(`ws://127.0.0.1:${portOf(server)}${wire.path}`, protocols, {
      headers,
      host: 'testserver',
      perMessageDeflate: false,
    });
    this.socket.on('open', () => this.happened({ accept: this.socket.protocol || null }));
    this.socket.on('message', (data: RawData, binary: boolean) =>
      this.happened(binary ? { bytes: data as Buffer } : { text: String(data) }),
    );
    this.socket.on('close', (close, reason) => this.happened({ close, reason: reason.toString() }));
    // A refused handshake is reported as an error, and then as a close.
    this.socket.on('error', () => {});
  }

  /** Settles when the handshake is over. */
  async opened(): Promise<void> {
    while (this.events.length === 0) await this.next(() => false);
  }

  async play(): Promise<Mismatch[]> {
    const frames = this.exchange.websocket ?? [];
    const mismatches: Mismatch[] = [];
    for (const [index, frame] of frames.entries()) {
      if (frame.from === 'client') this.send(frame);
      else mismatches.push(...(await this.expect(frame, `/websocket/${index}`)));
      if (mismatches.length > 0) break;
    }
    this.socket.terminate();
    return mismatches;
  }

  private send(frame: Frame): void {
    if (frame.close !== undefined) this.socket.close(frame.close, frame.reason);
    else
      this.socket.send(
        frame.bytes === undefined ? (frame.text ?? '') : Buffer.from(frame.bytes, 'base64'),
      );
  }

  private async expect(frame: Frame, path: string): Promise<Mismatch[]> {
    const event = await this.next(() => true);
    if (!event) return [{ path, expected: frame, actual: 'nothing' }];
    if (frame.accept)
      return 'accept' in event
        ? [...differences(frame.subprotocol ?? null, event.accept)]
        : [{ path, expected: 'an accepted handshake', actual: event }];
    if (frame.close !== undefined) {
      // A handshake that was refused has no code on the wire.
      const refused = !this.exchange.websocket?.some(({ accept }) => accept);
      const same = 'close' in event && (refused || event.close === frame.close);
      return same ? [] : [{ path, expected: frame, actual: event }];
    }
    if (frame.bytes !== undefined)
      return 'bytes' in event
        ? [...differences(frame.bytes, event.bytes.toString('base64'))]
        : [{ path, expected: frame, actual: event }];
    return 'text' in event
      ? [...textDifferences(frame.text ?? '', event.text, path)]
      : [{ path, expected: frame, actual: event }];
  }

  private happened(event: Event): void {
    this.events.push(event);
    this.wake();
  }

  /** The next event, or undefined when nothing happens for too long. */
  private async next(take: () => boolean): Promise<Event | undefined> {
    if (this.events.length === 0) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, PATIENCE);
        this.wake = () => (clearTimeout(timer), resolve());
      });
    }
    return take() ? this.events.shift() : this.events[0];
  }
}

function textDifferences(expected: string, actual: string, path: string): Iterable<Mismatch> {
  try {
    return [...differences(JSON.parse(expected), JSON.parse(actual), {}, [path.slice(1)])];
  } catch {
    return [...differences(expected, actual, {}, [path.slice(1)])];
  }
}
