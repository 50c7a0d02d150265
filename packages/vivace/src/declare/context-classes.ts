import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';
import type { CookieOptions, DeleteCookieOptions } from '../responses/cookie';
import { markFormless } from '../responses/matter';
import type { bytes } from './types';
import type { Of, Type } from './type';

/** A request. Take it as a parameter of type `Request`. */
export abstract class Request {
  /** The id of the request, which stands in its log lines. */
  abstract readonly id: string;
  /** The method in capitals, such as `GET`. */
  abstract readonly method: string;
  /** Path and query as they were sent. */
  abstract readonly url: string;
  /**
   * The path as the router reads it, which is what to compare: without scheme and host, decoded
   * once. What separates stays encoded, such as `%2F`.
   */
  abstract readonly path: string;
  /** The path as it was sent. */
  abstract readonly rawPath: string;
  /** The prefix that a proxy stripped or that the application is mounted at, such as `/api`. */
  abstract readonly rootPath: string;
  /** The parameters of the path, as text. */
  abstract readonly params: Readonly<Record<string, string>>;
  /** The query. */
  abstract readonly query: URLSearchParams;
  /** The headers. */
  abstract readonly headers: Headers;
  /** The cookies by name. */
  abstract readonly cookies: Readonly<Record<string, string>>;
  /** The address of the client; through trusted proxies only. Empty on a Unix socket, which has none. */
  abstract readonly ip: string;
  /** Aborted when the client leaves or the time is up. */
  abstract readonly signal: AbortSignal;
  /** Values that middleware leaves for dependencies and handlers. */
  abstract readonly state: RequestState;
  /** A logger whose lines have the id of the request. */
  abstract readonly log: FastifyRequest['log'];
  /** The request of Fastify. */
  abstract readonly fastify: FastifyRequest;
  /** The body as bytes; it is read once and kept. */
  abstract body(): Promise<bytes>;
  /** The body as text. */
  abstract text(): Promise<string>;
  /** The body parsed as JSON, not validated. */
  abstract json(): Promise<unknown>;
  /** The fields and files of a form, by name. */
  abstract form(): Promise<ReadonlyMap<string, readonly (string | UploadFile)[]>>;
  /** The body as it arrives. */
  abstract stream(): Readable;
  /** Puts another body in place of the one that was sent: for middleware. */
  abstract replaceBody(content: Readable | bytes): void;
  /**
   * The address of a route with these parameters: absolute if `allowedHosts` has the host, else a
   * path.
   */
  abstract urlFor(name: string, params?: Readonly<Record<string, string | number>>): string;
}
/** Values kept on a request; extend this interface to give them types. */
export interface RequestState {
  [name: string]: unknown;
  /** The id of who sent it, for log lines and traces: kept by what found it out, such as a guard. */
  userId?: string | number;
  /** The session, where `sessions()` stands around. */
  session?: WebSession;
}

/**
 * The session of a visitor, injected by its type where `sessions()` stands around. It begins when
 * something is written to `data`.
 */
export abstract class WebSession<T extends object = Record<string, unknown>> {
  /** What is kept; write to it before the response begins. */
  abstract readonly data: Partial<T>;
  /** Gives the session a new id and keeps the data: call it at login. */
  abstract regenerate(): Promise<void>;
  /** Forgets the data and the id: call it at logout. */
  abstract destroy(): Promise<void>;
}

/**
 * Status, headers and cookies of the response that a returned value becomes. Take it as a parameter
 * of type `Reply`.
 */
export abstract class Reply {
  /** The status of the response. */
  abstract status: number;
  /** The headers of the response. */
  abstract readonly headers: Headers;
  /** The reply of Fastify. */
  abstract readonly fastify: FastifyReply;
  /**
   * Sets a cookie.
   *
   * @throws RangeError for a cookie that browsers drop: of more than 4096 bytes, or `sameSite: 'none'`
   *   without `secure`
   */
  abstract setCookie(name: string, value: string, options?: CookieOptions): void;
  /** Makes the client forget a cookie; `options` are those that it was set with. */
  abstract deleteCookie(name: string, options?: DeleteCookieOptions): void;
}
/** Work for after the response. Take it as a parameter of type `BackgroundTasks`. */
export abstract class BackgroundTasks {
  /** Adds a task; tasks are called one after the other when the response was sent. */
  abstract add<A extends readonly unknown[]>(task: (...args: A) => unknown, ...args: A): void;
}

/**
 * The scopes that are required on the way from the operation to the dependency that asks for them.
 */
export abstract class SecurityScopes {
  /** The scopes, those of the operation first. */
  abstract readonly scopes: readonly string[];
  /** The scopes separated by blanks. */
  abstract toString(): string;
}

/** The first bytes of an upload, which tell what kind of file it is. */
export const HEAD = Symbol('vivace.head');

/** An uploaded file: in memory up to 1 MiB, else on disk, and gone after the request. */
export abstract class UploadFile {
  /** What the client calls it, without folders and control characters. */
  abstract readonly filename: string;
  /** The media type that the client says it has. */
  abstract readonly contentType: string;
  /** Its size in bytes. */
  abstract readonly size: number;
  /** The headers of its part of the form. */
  abstract readonly headers: Headers;
  /** Its content. */
  abstract bytes(): Promise<bytes>;
  /** Its content as UTF-8. */
  abstract text(): Promise<string>;
  /** Its content piece by piece. */
  abstract stream(): Readable;
  /**
   * Of what its first bytes say it is, such as `.png`; empty where they say nothing. What the client
   * calls it counts for nothing.
   */
  abstract readonly extension: string;
  /**
   * Writes it to a new file and gives its path; fails where there is one. In a folder, which ends
   * with a slash, it gets a name of its own with the extension of what was found.
   *
   * @example const path = await photo.save('photos/');
   */
  abstract save(path: string): Promise<string>;
  /** Undefined where they are not known without waiting. */
  get [HEAD](): Uint8Array | undefined {
    return undefined;
  }
}

/** A WebSocket. The first use accepts it, unless `accept` was called. */
export abstract class WebSocket {
  /** The parameters of the path, as text. */
  abstract readonly params: Readonly<Record<string, string>>;
  /** The query. */
  abstract readonly query: URLSearchParams;
  /** The headers of the handshake. */
  abstract readonly headers: Headers;
  /** The cookies by name. */
  abstract readonly cookies: Readonly<Record<string, string>>;
  /** The address of the client; through trusted proxies only. Empty on a Unix socket, which has none. */
  abstract readonly ip: string;
  /** Aborted when the connection ends. */
  abstract readonly signal: AbortSignal;
  /** Values that middleware leaves for dependencies and handlers. */
  abstract readonly state: RequestState;
  /** A logger whose lines have the id of the request. */
  abstract readonly log: FastifyRequest['log'];
  /** The request of Fastify that began the handshake. */
  abstract readonly fastify: FastifyRequest;
  /**
   * Accepts the handshake.
   *
   * @param options.subprotocol chosen if the client offers it
   * @param options.headers headers of the answer
   * @throws WebSocketDisconnect if the client has left meanwhile
   */
  abstract accept(options?: {
    readonly subprotocol?: string;
    readonly headers?: Readonly<Record<string, string>>;
  }): Promise<void>;
  /**
   * The next message: text, or JSON that is validated by a type; `bytes` takes a binary message.
   *
   * @throws WebSocketDisconnect when the client has left, RequestValidationError for a message that
   * does not fit
   * @example
   * const message = await socket.receive(oneOf(Join, Say));
   */
  abstract receive(): Promise<string>;
  abstract receive<const X extends Type>(type: X): Promise<Of<X>>;
  /**
   * The messages until the client leaves.
   *
   * @throws RequestValidationError for a message that does not fit; `receive` lets the program go
   * on after one
   */
  abstract messages(): AsyncIterable<string>;
  abstract messages<const X extends Type>(type: X): AsyncIterable<Of<X>>;
  /**
   * Sends text or bytes; waits while the client reads slowly.
   *
   * @throws WebSocketDisconnect when the connection has ended
   */
  abstract send(data: string | bytes): Promise<void>;
  /** Sends a value as JSON text; DTOs are written with their aliases. */
  abstract sendJson(value: unknown): Promise<void>;
  /** Closes the connection; before it was accepted, refuses it with 403. */
  abstract close(code?: number, reason?: string): Promise<void>;
}

/**
 * Rooms of WebSockets: what is sent to a room reaches all its members. They are in the memory of this
 * process, unless `provide(Rooms, …)` says otherwise.
 *
 * @example
 * await rooms.join('lobby', socket);
 * await rooms.broadcast('lobby', 'hello', { except: socket });
 */
export abstract class Rooms {
  /**
   * Adds a socket to a room; it leaves when its connection ends. Rooms that span processes give a
   * promise: what is sent after it was kept reaches the socket.
   */
  abstract join(room: string, socket: WebSocket): void | Promise<void>;
  /** Takes a socket out of a room. */
  abstract leave(room: string, socket: WebSocket): void;
  /** Sends to all members of a room, but for `except`. */
  abstract broadcast(
    room: string,
    data: string | bytes,
    options?: { readonly except?: WebSocket },
  ): Promise<void>;
  /** How many members a room has in this process. */
  abstract size(room: string): number;
}

markFormless(Request, WebSession, Reply, BackgroundTasks, WebSocket, Rooms);
