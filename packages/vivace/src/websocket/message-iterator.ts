import type { WebSocket } from '../declare/context-classes';
import type { Type } from '../declare/type';
import { WebSocketDisconnect } from '../errors/websocket-disconnect';

const DONE: IteratorReturnResult<undefined> = { done: true, value: undefined };

/**
 * Messages until the client leaves. WebSockets are many and wait here for long: a generator that
 * waits takes several times as much memory.
 */
export class MessageIterator implements AsyncIterableIterator<never> {
  readonly #type: Type | undefined;
  /** Undefined when it has ended. */
  #socket: WebSocket | undefined;

  constructor(socket: WebSocket, type: Type | undefined) {
    this.#socket = socket;
    this.#type = type;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<never>> {
    if (this.#socket === undefined) return Promise.resolve(DONE);
    return this.#socket.receive(this.#type!).then(given, (error: unknown) => {
      this.#socket = undefined;
      if (error instanceof WebSocketDisconnect) return DONE;
      throw error;
    });
  }

  return(): Promise<IteratorResult<never>> {
    this.#socket = undefined;
    return Promise.resolve(DONE);
  }
}

function given(value: unknown): IteratorYieldResult<never> {
  return { done: false, value: value as never };
}
