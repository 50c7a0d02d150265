import type { WebSocket as Wire } from 'ws';
import { WebSocketDisconnect } from '../errors/websocket-disconnect';
import type { Message } from './inbox';

/** Who is told of a connection. */
export interface WireListener {
  receiveMessage(message: Message): void;
  /** The client has answered a ping. */
  receivePong(): void;
  lose(end: WebSocketDisconnect): void;
}

const LISTENER = Symbol('vivace.listener');
type Heard = Wire & { [LISTENER]: WireListener };

/** Tells a listener of a connection. Its functions are the same for all: WebSockets are many. */
export function listenTo(wire: Wire, listener: WireListener): void {
  (wire as Heard)[LISTENER] = listener;
  wire.on('message', onMessage).on('pong', onPong).on('close', onClose);
  // What was wrong is in the code that it is closed with.
  wire.on('error', ignore);
}

function onMessage(this: Wire, data: unknown, binary: boolean): void {
  const bytes = data as Buffer;
  (this as Heard)[LISTENER].receiveMessage(binary ? new Uint8Array(bytes) : bytes.toString());
}

function onPong(this: Wire): void {
  (this as Heard)[LISTENER].receivePong();
}

function onClose(this: Wire, code: number, reason: Buffer): void {
  (this as Heard)[LISTENER].lose(new WebSocketDisconnect(code, reason.toString()));
}

const ignore = (): void => {};
