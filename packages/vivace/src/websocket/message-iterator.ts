import type { WebSocket } from '../declare/context-classes';
import type { Type } from '../declare/type';
import { WebSocketDisconnect } from '../errors/websocket-disconnect';
import type { Message, Reader } from './inbox';
import { readText } from './messages';

type Result = IteratorResult<never>;

const DONE: IteratorReturnResult<undefined> = { done: true, value: undefined };

/**
 * Messages until the client leaves. WebSockets are many and wait here for long: a generator that
 * waits takes several times as much memory.
 */
abstract class UntilTheEnd<S> implements AsyncIterableIterator<never> {
  /** Undefined when it has ended. */
  #source: S | undefined;

  constructor(source: S) {
    this.#source = source;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<Result> {
    return this.#source === undefined ? Promise.resolve(DONE) : this.nextOf(this.#source);
  }

  return(): Promise<Result> {
    this.#source = undefined;
    return Promise.resolve(DONE);
  }

  /** No message comes after an error, and one says only that the client has left. */
  end(error: unknown): Result {
    this.#source = undefined;
    if (error instanceof WebSocketDisconnect) return DONE;
    throw error;
  }

  protected abstract nextOf(source: S): Promise<Result>;
}

/** Messages of a type, which the program may have a say in: they are read where it waits for them. */
export class MessageIterator extends UntilTheEnd<WebSocket> {
  readonly #type: Type;

  constructor(socket: WebSocket, type: Type) {
    super(socket);
    this.#type = type;
  }

  protected nextOf(socket: WebSocket): Promise<Result> {
    return socket.receive(this.#type).then(given, (error: unknown) => this.end(error));
  }
}

/** Where messages come from. */
interface Source {
  take(reader: Reader<Result>): Promise<Result>;
}

/** Messages as text. */
export class TextIterator extends UntilTheEnd<Source> implements Reader<Result> {
  read(message: Message): Result {
    try {
      return given(readText(message));
    } catch (error) {
      return this.end(error);
    }
  }

  protected nextOf(source: Source): Promise<Result> {
    return source.take(this);
  }
}

function given(value: unknown): IteratorYieldResult<never> {
  return { done: false, value: value as never };
}
