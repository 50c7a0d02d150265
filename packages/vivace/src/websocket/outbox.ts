import type { Duplex } from 'node:stream';
import type { WebSocket as Wire } from 'ws';
import type { Message } from './inbox';

/** Bytes that wait for a client before `send` waits as well. */
const HIGH_WATER = 64 * 1024;
const SENT = Promise.resolve();

/** What counts its bytes, if it is a connection over a network. */
export type Connection = Duplex & { readonly bytesRead?: number };

/** What leaves on an open connection: messages, and questions whether the client is still there. */
export class Outbox {
  readonly #wire: Wire;
  readonly #connection: Connection;
  readonly #socket: { readonly lost: Error };
  #answered = true;
  #bytesRead: number | undefined;

  /** @param socket says why the connection is no more */
  constructor(wire: Wire, connection: Connection, socket: { readonly lost: Error }) {
    this.#wire = wire;
    this.#connection = connection;
    this.#socket = socket;
  }

  /** Bytes that wait for the client to read. */
  get buffered(): number {
    return this.#wire.bufferedAmount;
  }
  /** Whether the client is leaving. */
  get isClosing(): boolean {
    return this.#wire.readyState !== this.#wire.OPEN;
  }

  /** Sends; the promise is kept when the client has caught up. */
  send(data: Message): Promise<void> {
    const wire = this.#wire;
    // With which code the client leaves is known when it has left.
    if (this.isClosing)
      return new Promise((_, reject) => wire.once('close', () => reject(this.#socket.lost)));
    if (wire.bufferedAmount + data.length <= HIGH_WATER) {
      wire.send(data);
      return SENT;
    }
    return new Promise((resolve, reject) => {
      wire.send(data, (error) => (error == null ? resolve() : reject(this.#socket.lost)));
    });
  }

  /** The client was heard. */
  heard(): void {
    this.#answered = true;
  }

  /** Asks whether the client is still there, and gives up one that did not answer the last time. */
  beat(): void {
    const wire = this.#wire;
    const { bytesRead } = this.#connection;
    // A client answers after the message that it sends, of which something may have come.
    const isHeard = this.#answered || bytesRead !== this.#bytesRead;
    this.#bytesRead = bytesRead;
    // Nobody hears an answer while the program does not read.
    if (!isHeard && !wire.isPaused) return wire.terminate();
    this.#answered = wire.isPaused;
    wire.ping();
  }
}
