import type { Server, ServerResponse } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';
import { setImmediate as turn, setTimeout as delay } from 'node:timers/promises';
import { holdRequests } from './hold';

/** Turns of the event loop without a new connection after which the listening socket is closed. */
const QUIET_TURNS = 3;
/** Milliseconds that these turns are waited for. */
const PATIENCE = 1000;
/** Milliseconds between two looks at the connections that are left. */
const LOOK = 20;
/** Looks without a request after which clients that had an answer are taken to ask no more. */
const QUIET_LOOKS = 3;
/** Milliseconds for a new client to ask. */
const FIRST = 1000;

/**
 * Lets the requests of a listening server end without losing one.
 *
 * Node's own `close()` closes idle connections at once, also those on which a request is on its
 * way. Here only the listening socket is closed; every answer from then on says
 * `connection: close`, and connections end with their answers.
 */
export class Drain {
  readonly #server: Server;
  readonly #connected = new Set<Socket>();
  #upgraded = 0;
  readonly #leave = (): void => void (this.#upgraded -= 1);
  #refusing: Promise<boolean> | undefined;

  constructor(server: Server) {
    this.#server = server;
    const connected = this.#connected;
    const leave = this.#leave;
    // One function for all of them: they are many, and some are open for long.
    const forget = function (this: Socket): void {
      if (!connected.delete(this)) leave();
    };
    server.on('connection', (socket) => connected.add(socket.on('close', forget)));
  }

  /** Connections that became WebSockets are closed by their own rules. */
  watchUpgrades(): void {
    this.#server.on('upgrade', (_request, socket: Socket) => {
      this.#upgraded += 1;
      // With TLS Node hands over another one than it has accepted.
      if (!this.#connected.delete(socket)) socket.on('close', this.#leave);
    });
  }

  /**
   * Closes the listening socket. Connections that the system has accepted already are taken first:
   * they would be reset with it.
   *
   * @param close closes the listening socket, where another process holds it
   * @returns whether the server listened
   */
  refuseConnections(close?: () => Promise<void>): Promise<boolean> {
    return (this.#refusing ??= this.#refuse(close));
  }

  async #refuse(close: (() => Promise<void>) | undefined): Promise<boolean> {
    const server = this.#server;
    if (!server.listening) return false;
    let quiet = 0;
    using _held = holdRequests(server, this.#connected, () => (quiet = 0));
    const end = performance.now() + PATIENCE;
    for (; quiet < QUIET_TURNS && performance.now() < end; quiet++) await turn();
    if (close === undefined) NetServer.prototype.close.call(server);
    else await close();
    return true;
  }

  /**
   * Closes the listening socket and waits until the connections are closed.
   *
   * @param deadline milliseconds for requests that go on; whoever closes cuts off what is left
   */
  async run(deadline: number): Promise<void> {
    const begun = performance.now();
    if (!(await this.refuseConnections())) return;
    let quiet = 0;
    const active = (): void => void (quiet = 0);
    for (const response of this.#unanswered()) leaveAfter(response.once('close', active));
    this.#server.prependListener('request', (_request, response: ServerResponse) => {
      active();
      leaveAfter(response);
    });
    for (; ; quiet++) {
      const open = (await this.#connections()) - this.#upgraded;
      const waited = performance.now() - begun;
      if (open <= 0 || waited > deadline) return;
      // A connection that never asked is not idle to Node: browsers open some in advance.
      if (waited > FIRST) this.#closeUnused();
      if (quiet >= QUIET_LOOKS) this.#server.closeIdleConnections();
      await delay(LOOK);
    }
  }

  /** The responses that are under way. */
  *#unanswered(): Iterable<ServerResponse> {
    for (const { _httpMessage: response } of this.#connected as Iterable<Answering>)
      if (response != null) yield response;
  }

  #closeUnused(): void {
    for (const socket of this.#connected) if (socket.bytesRead === 0) socket.destroy();
  }

  #connections(): Promise<number> {
    return new Promise((resolve, reject) =>
      this.#server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
    );
  }
}

/** Where Node keeps the response that a connection is waiting for. */
interface Answering {
  readonly _httpMessage?: ServerResponse | null;
}

/** Has its connection end with this response, where its head is not sent yet. */
function leaveAfter(response: ServerResponse): void {
  response.shouldKeepAlive = false;
}
