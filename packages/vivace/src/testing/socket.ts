import type { Duplex } from 'node:stream';
import { WebSocket as Wire } from 'ws';
import type { Server } from '../declare/server';
import { WebSocketDisconnect } from '../errors/websocket-disconnect';
import { unhandledOf } from '../http/unhandled';
import { AS_IT_IS, Inbox, type Message } from '../websocket/inbox';
import { sessionOn } from '../websocket/socket-session';
import { connect, headersOf } from './connection';

/** The client's end of a WebSocket. */
export interface TestSocket extends AsyncDisposable {
  /** The subprotocol that the application chose. */
  readonly subprotocol: string | null;
  /** The headers of the answer to the handshake. */
  readonly headers: Headers;
  /** Sends text or bytes. */
  send(data: string | Uint8Array): Promise<void>;
  /** Sends a value as JSON. */
  sendJson(value: unknown): Promise<void>;
  /**
   * The next message of the application.
   *
   * @throws WebSocketDisconnect if it closed the connection, or the error that it failed with
   */
  receive(): Promise<string>;
  /** The next message, which has to be binary. */
  receiveBytes(): Promise<Uint8Array>;
  /** The next message, read as JSON. */
  receiveJson<T = unknown>(): Promise<T>;
  /** Closes the connection, and waits until the application has cleaned up. */
  close(code?: number, reason?: string): Promise<void>;
}

/** A handshake as it is sent. */
export interface Handshake {
  readonly address: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly subprotocols: readonly string[];
  readonly ip: string;
  /** Whether errors of the application are thrown in the test. */
  readonly raiseErrors: boolean;
  /** Told of the answer's headers, whatever it is. */
  readonly answered: (headers: Headers) => void;
}

/** Opens a WebSocket without a network: through Node's own parser and a real client, over a pair of streams. */
export async function openSocket(server: Server, handshake: Handshake): Promise<TestSocket> {
  const { address, headers, subprotocols, ip, answered } = handshake;
  const connection = connect(server, ip, address);
  const wire = new Wire(
    `ws://${address.host}${address.pathname}${address.search}`,
    [...subprotocols],
    {
      headers,
      perMessageDeflate: false,
      createConnection: () => connection.client,
    },
  );
  // It is said by the close that follows.
  wire.on('error', () => {});
  const socket = new ClientSocket(wire, connection.server, handshake);
  return new Promise((resolve, reject) => {
    wire.once('upgrade', ({ headers: received }) =>
      answered((socket.headers = headersOf(received))),
    );
    wire.once('open', () => resolve(socket));
    wire.once('unexpected-response', (_, response) => {
      answered(headersOf(response.headers));
      response.resume();
      response.once('end', () => {
        const refusal = sessionOn(connection.server)?.refusal;
        const { code = 1000, reason = `The handshake was refused with ${response.statusCode}` } =
          refusal ?? {};
        wire.terminate();
        reject(socket.failure() ?? new WebSocketDisconnect(code, reason));
      });
    });
    wire.once('close', (code) => reject(new WebSocketDisconnect(code)));
  });
}

class ClientSocket implements TestSocket {
  headers = new Headers();
  readonly #inbox: Inbox;
  readonly #closed: Promise<void>;
  #raised = false;

  readonly #wire: Wire;
  readonly #connection: Duplex;
  readonly #handshake: Handshake;

  constructor(wire: Wire, connection: Duplex, handshake: Handshake) {
    this.#wire = wire;
    this.#connection = connection;
    this.#handshake = handshake;

    this.#inbox = new Inbox(wire);
    wire.on('message', (data: Buffer, binary) =>
      this.#inbox.add(binary ? new Uint8Array(data) : data.toString()),
    );
    this.#closed = new Promise((resolve) => {
      wire.once('close', (code, reason) => {
        this.#inbox.end(this.failure() ?? new WebSocketDisconnect(code, reason.toString()));
        resolve();
      });
    });
  }

  get subprotocol(): string | null {
    return this.#wire.protocol || null;
  }

  send(data: Message): Promise<void> {
    return new Promise((resolve, reject) =>
      this.#wire.send(data, (error) => (error == null ? resolve() : reject(error))),
    );
  }

  sendJson(value: unknown): Promise<void> {
    return this.send(JSON.stringify(value));
  }

  async receive(): Promise<string> {
    const message = await this.#take();
    if (typeof message === 'string') return message;
    throw new TypeError(
      `The message is binary, of ${message.length} bytes: receiveBytes() takes it.`,
    );
  }

  async receiveBytes(): Promise<Uint8Array> {
    const message = await this.#take();
    if (typeof message !== 'string') return message;
    throw new TypeError(
      `The message is the text ${JSON.stringify(message.slice(0, 200))}: receive() takes it.`,
    );
  }

  async receiveJson<T = unknown>(): Promise<T> {
    const text = await this.receive();
    try {
      return JSON.parse(text) as T;
    } catch (cause) {
      throw new Error(`The message is not JSON: ${JSON.stringify(text.slice(0, 200))}`, { cause });
    }
  }

  async close(code = 1000, reason = ''): Promise<void> {
    this.#wire.resume();
    this.#wire.close(code, reason);
    await this.#closed;
    await sessionOn(this.#connection)?.done;
    const failure = this.failure();
    if (failure === undefined || this.#raised) return;
    this.#raised = true;
    throw failure;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** The error that the application failed with, where it is to be thrown. */
  failure(): Error | undefined {
    const request = sessionOn(this.#connection)?.request.raw;
    return this.#handshake.raiseErrors && request !== undefined
      ? (unhandledOf(request)?.error as Error | undefined)
      : undefined;
  }

  async #take(): Promise<Message> {
    try {
      return await this.#inbox.take(AS_IT_IS);
    } catch (error) {
      this.#raised ||= error === this.failure();
      throw error;
    }
  }
}
