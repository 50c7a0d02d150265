import type { FastifyRequest } from 'fastify';
import type { WebSocket as Wire } from 'ws';
import { jsonText } from '../serialize/jsonable';
import { WebSocket, type Request, type RequestState } from '../declare/context-classes';
import type { Of, Type } from '../declare/type';
import { WebSocketDisconnect } from '../errors/websocket-disconnect';
import { Response } from '../responses/response';
import { Closing, closeReason, isCloseCode } from './close';
import { tellAll, withListener, type EndListener, type EndListeners } from './end-listener';
import { Handshake } from './handshake';
import { AS_IT_IS, Inbox, type Message, type Reader } from './inbox';
import { MessageIterator, TextIterator } from './message-iterator';
import { readText, type MessageTypes } from './messages';
import { Outbox, type Connection } from './outbox';
import { listenTo, type WireListener } from './wire-events';
import { offeredProtocols } from '../http/upgrade-routing';

export interface SocketOptions {
  readonly types: MessageTypes;
  /** Bytes that may wait for a client that reads too slowly. */
  readonly maxBuffered: number;
}

const TEXT: Reader<string> = { ...AS_IT_IS, read: readText };

/** The server's end of a WebSocket, from the handshake to the last message. */
export class ServerSocket extends WebSocket implements WireListener {
  readonly #request: Request;
  readonly #options: SocketOptions;
  #handshake: Handshake | undefined = new Handshake();
  #accepted = false;
  #wire: Wire | undefined;
  #inbox: Inbox | undefined;
  #outbox: Outbox | undefined;
  #end: WebSocketDisconnect | undefined;
  #ending: AbortController | undefined;
  #listeners: EndListeners;

  constructor(request: Request, options: SocketOptions) {
    super();
    this.#request = request;
    this.#options = options;
  }

  override get params(): Readonly<Record<string, string>> {
    return this.#request.params;
  }
  override get query(): URLSearchParams {
    return this.#request.query;
  }
  override get headers(): Headers {
    return this.#request.headers;
  }
  override get cookies(): Readonly<Record<string, string>> {
    return this.#request.cookies;
  }
  override get ip(): string {
    return this.#request.ip;
  }
  override get state(): RequestState {
    return this.#request.state;
  }
  override get log(): FastifyRequest['log'] {
    return this.#request.log;
  }
  override get fastify(): FastifyRequest {
    return this.#request.fastify;
  }
  override get signal(): AbortSignal {
    this.#ending ??= new AbortController();
    if (this.#end !== undefined) this.#ending.abort(this.#end);
    return this.#ending.signal;
  }

  /** What the handshake is answered with: 101 if the program accepts it. */
  get verdict(): Promise<Response> {
    return this.#handshake?.verdict.promise ?? Promise.reject(this.lost);
  }
  /** Whether the handshake is accepted or refused. */
  get isDecided(): boolean {
    return this.#accepted || this.#end !== undefined;
  }
  get isOpen(): boolean {
    return this.#wire !== undefined && this.#end === undefined;
  }
  /** Bytes that wait for the client to read. */
  get buffered(): number {
    return this.#outbox?.buffered ?? 0;
  }

  override accept({
    subprotocol,
    headers = {},
  }: {
    readonly subprotocol?: string;
    readonly headers?: Readonly<Record<string, string>>;
  } = {}): Promise<void> {
    if (this.#accepted)
      throw new Error(
        'WebSocket.accept(): it is accepted already; call accept() before the first receive() or send().',
      );
    if (this.#end !== undefined) return Promise.reject(this.#end);
    this.#accepted = true;
    const response = new Response(null, { status: 101, headers });
    if (subprotocol !== undefined && offeredProtocols(this.fastify.headers).includes(subprotocol))
      response.headers.set('sec-websocket-protocol', subprotocol);
    this.#handshake?.verdict.resolve(response);
    return this.#ready();
  }

  override receive(): Promise<string>;
  override receive<const X extends Type>(type: X): Promise<Of<X>>;
  override receive(type?: Type): Promise<unknown> {
    if (type === undefined) return this.take(TEXT);
    return this.take(AS_IT_IS).then((message) => this.#read(message, type));
  }

  override messages(): AsyncIterable<string>;
  override messages<const X extends Type>(type: X): AsyncIterable<Of<X>>;
  override messages(type?: Type): AsyncIterable<never> {
    return type === undefined ? new TextIterator(this) : new MessageIterator(this, type);
  }

  /** Accepts the handshake if nobody has decided; what a reader makes of the next message. */
  take<T>(reader: Reader<T>): Promise<T> {
    if (this.#inbox === undefined) return this.#ready().then(() => this.#inbox!.take(reader));
    return this.#inbox.take(reader);
  }

  override async send(data: Message): Promise<void> {
    if (this.#wire === undefined) await this.#ready();
    return this.push(data);
  }

  override sendJson(value: unknown): Promise<void> {
    return this.send(jsonText(value));
  }

  override async close(code = 1000, reason = ''): Promise<void> {
    if (!this.#accepted) return this.refuse(new Closing(code, reason));
    if (!isCloseCode(code))
      throw new RangeError(
        `WebSocket.close(): ${code} is no code to close with; use 1000 to 1014 but for 1004 to 1006, or 3000 to 4999.`,
      );
    await this.conclude(code, reason);
  }

  /** Sends on an open connection; the promise is kept when the client has caught up. */
  push(data: Message): Promise<void> {
    const outbox = this.#outbox;
    if (this.#end !== undefined || outbox === undefined) return Promise.reject(this.lost);
    if (!outbox.isClosing && outbox.buffered > this.#options.maxBuffered) {
      this.log.warn(
        { buffered: outbox.buffered },
        'A WebSocket is closed: its client reads too slowly',
      );
      this.finish(1013, 'Too slow');
      return Promise.reject(this.lost);
    }
    return outbox.send(data);
  }

  /** Decides against the handshake. */
  refuse(response: Response): void {
    this.#end ??= new WebSocketDisconnect(
      ...(response instanceof Closing
        ? ([response.code, response.reason] as const)
        : ([1000, ''] as const)),
    );
    this.#handshake?.verdict.resolve(response);
    this.lose(this.#end);
  }

  /** The handshake failed for a reason of the program's. */
  fail(error: unknown): void {
    this.#end ??= new WebSocketDisconnect(1011);
    this.#handshake?.verdict.reject(error);
    this.lose(this.#end);
  }

  /** Takes over the connection. */
  open(wire: Wire, connection: Connection): void {
    this.#wire = wire;
    this.#inbox = new Inbox(wire);
    this.#outbox = new Outbox(wire, connection, this);
    listenTo(wire, this);
    this.#handshake?.opening.resolve();
    this.#handshake = undefined;
  }

  receiveMessage(message: Message): void {
    this.#outbox?.heard();
    this.#inbox?.add(message);
  }

  receivePong(): void {
    this.#outbox?.heard();
  }

  /** The connection is no more. */
  lose(end: WebSocketDisconnect): void {
    this.#end ??= end;
    this.#handshake?.opening.reject(this.#end);
    this.#inbox?.end(this.#end);
    this.#ending?.abort(this.#end);
    tellAll(this.#listeners, this);
  }

  /** Tells somebody of the end, once: a signal for each of many would take more memory. */
  tellEnd(listener: EndListener): void {
    if (this.#end !== undefined) return listener.ended(this);
    this.#listeners = withListener(this.#listeners, listener);
  }

  /** Closes the connection when it is open, which it may be about to be. */
  async conclude(code: number, reason = ''): Promise<void> {
    if (this.#accepted && this.#wire === undefined)
      await this.#handshake?.opening.promise.catch(() => {});
    this.finish(code, reason);
  }

  /** Closes the connection if it is open. */
  finish(code: number, reason = ''): void {
    if (!this.isOpen) return;
    const allowed = isCloseCode(code) ? code : 1011;
    this.lose(new WebSocketDisconnect(allowed, reason));
    this.#wire?.close(allowed, closeReason(reason));
    // Its end is still to be heard.
    this.#wire?.resume();
  }

  /** Asks whether the client is still there, and gives up one that did not answer the last time. */
  beat(): void {
    if (this.isOpen) this.#outbox?.beat();
  }

  /** Why there is no connection. */
  get lost(): WebSocketDisconnect {
    return this.#end ?? new WebSocketDisconnect(1006);
  }

  #read(message: Message, type: Type): unknown {
    return this.#options.types.readerOf(type)(message, this.#request);
  }

  async #ready(): Promise<void> {
    if (!this.#accepted) return this.accept();
    if (this.#wire === undefined) await this.#handshake?.opening.promise;
  }
}
