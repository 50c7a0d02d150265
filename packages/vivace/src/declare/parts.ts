import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';
import type { CookieOptions } from '../responses/cookie';
import type { bytes, Of, Type } from './types';

/** The request. */
export abstract class Request {
  abstract readonly id: string;
  abstract readonly method: string;
  /** Path and query as they were sent. */
  abstract readonly url: string;
  abstract readonly path: string;
  /** The prefix that a proxy stripped. */
  abstract readonly rootPath: string;
  abstract readonly params: Readonly<Record<string, string>>;
  abstract readonly query: URLSearchParams;
  abstract readonly headers: Headers;
  abstract readonly cookies: Readonly<Record<string, string>>;
  /** The client's address, through trusted proxies only. */
  abstract readonly ip: string;
  /** Aborted when the client leaves or the time is up. */
  abstract readonly signal: AbortSignal;
  /** Values that middleware leaves for others. */
  abstract readonly state: RequestState;
  abstract readonly log: FastifyRequest['log'];
  abstract readonly fastify: FastifyRequest;
  abstract body(): Promise<bytes>;
  abstract text(): Promise<string>;
  abstract json(): Promise<unknown>;
  abstract form(): Promise<ReadonlyMap<string, readonly (string | UploadFile)[]>>;
  abstract stream(): Readable;
  /** For middleware: what is read as the body from here on. */
  abstract replaceBody(content: Readable | bytes): void;
  abstract urlFor(name: string, params?: Readonly<Record<string, string | number>>): string;
}
/** Values kept on a request: extend this interface to give them types. */
export interface RequestState {
  [name: string]: unknown;
  /** Where `sessions()` stands around. */
  session?: Session;
}

/** The session of a request, injected by its type: made when first written, kept by `sessions()`, typed by the application. */
export abstract class Session<T extends object = Record<string, unknown>> {
  /** What is kept: write to it before the response begins. */
  abstract readonly data: Partial<T>;
  /** A new id with the same data: call it at login. */
  abstract regenerate(): Promise<void>;
  /** Forgets the data and the id: logout. */
  abstract destroy(): Promise<void>;
}

/** Status, headers and cookies of the response that a returned value becomes. */
export abstract class Reply {
  abstract status: number;
  abstract readonly headers: Headers;
  abstract readonly fastify: FastifyReply;
  abstract setCookie(name: string, value: string, options?: CookieOptions): void;
  abstract deleteCookie(name: string, options?: Pick<CookieOptions, 'path' | 'domain'>): void;
}
/** Work to do after the response was sent, in order. */
export abstract class BackgroundTasks {
  abstract add<A extends readonly unknown[]>(task: (...args: A) => unknown, ...args: A): void;
}

/** The scopes required on the way from the operation to the dependency that asks for them. */
export abstract class SecurityScopes {
  abstract readonly scopes: readonly string[];
  /** The scopes separated by spaces. */
  abstract toString(): string;
}

/** The first bytes of an upload, which tell what kind of file it is. */
export const HEAD = Symbol('vivace.head');

/** An uploaded file: in memory while small, else on disk, removed after the request. */
export abstract class UploadFile {
  /** The client's name without folders and control characters. */
  abstract readonly filename: string;
  abstract readonly contentType: string;
  abstract readonly size: number;
  abstract readonly headers: Headers;
  abstract bytes(): Promise<bytes>;
  abstract text(): Promise<string>;
  abstract stream(): Readable;
  /** Writes it to a new file. */
  abstract save(path: string): Promise<void>;
  /** Undefined where they are not known without waiting. */
  get [HEAD](): Uint8Array | undefined {
    return undefined;
  }
}

/** A WebSocket; it is accepted by the first use unless `accept` was called. */
export abstract class WebSocket {
  abstract readonly params: Readonly<Record<string, string>>;
  abstract readonly query: URLSearchParams;
  abstract readonly headers: Headers;
  abstract readonly cookies: Readonly<Record<string, string>>;
  /** The client's address, through trusted proxies only. */
  abstract readonly ip: string;
  /** Aborted when the connection ends. */
  abstract readonly signal: AbortSignal;
  /** Values that middleware leaves for others. */
  abstract readonly state: RequestState;
  abstract readonly log: FastifyRequest['log'];
  /** The handshake. */
  abstract readonly fastify: FastifyRequest;
  /**
   * Accepts the handshake, if the first use is not to do so.
   *
   * @throws WebSocketDisconnect if the client has left meanwhile
   */
  abstract accept(options?: {
    subprotocol?: string;
    headers?: Readonly<Record<string, string>>;
  }): Promise<void>;
  /**
   * The next message: text, or with a type validated JSON; `bytes` takes a binary message.
   *
   * @throws WebSocketDisconnect when the client has left, RequestValidationError for a message that does not fit
   * @example
   * const message = await socket.receive(oneOf(Join, Say));
   */
  abstract receive(): Promise<string>;
  abstract receive<const X extends Type>(type: X): Promise<Of<X>>;
  /**
   * The messages until the client leaves.
   *
   * @throws RequestValidationError for a message that does not fit; `receive` lets the program go on after one
   */
  abstract messages(): AsyncIterable<string>;
  abstract messages<const X extends Type>(type: X): AsyncIterable<Of<X>>;
  /**
   * Sends text or bytes; waits while the client is slow to read.
   *
   * @throws WebSocketDisconnect when the connection has ended
   */
  abstract send(data: string | bytes): Promise<void>;
  /** Sends a value as JSON text, DTOs with their aliases. */
  abstract sendJson(value: unknown): Promise<void>;
  /** Closes it; before it was accepted, answers 403. */
  abstract close(code?: number, reason?: string): Promise<void>;
}

/**
 * Sends to all members of a room; a socket leaves its rooms when it closes. In the memory of this process unless
 * `provide(Rooms, …)` says otherwise.
 *
 * @example
 * rooms.join('lobby', socket);
 * await rooms.broadcast('lobby', 'hello', { except: socket });
 */
export abstract class Rooms {
  abstract join(room: string, socket: WebSocket): void;
  abstract leave(room: string, socket: WebSocket): void;
  abstract broadcast(
    room: string,
    data: string | bytes,
    options?: { except?: WebSocket },
  ): Promise<void>;
  abstract size(room: string): number;
}
