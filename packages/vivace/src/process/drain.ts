import { type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** Milliseconds between closing the door and telling clients to come no more: connections that are being made are taken first. */
const DOOR = 20;
/** Milliseconds after which a connection that asks for nothing is closed. */
const IDLE = 1000;
const LOOK = 25;

/**
 * Lets the requests of a listening server end without losing one.
 *
 * Node's own `close()` closes idle connections at once, also those on which a request is on its way. Here only the listening
 * socket is closed; every answer from then on says `connection: close`, and connections end with their answers.
 */
export class Drain {
  readonly #connected = new Set<Socket>();
  #upgraded = 0;

  readonly #server: Server;

  constructor(server: Server) {
    this.#server = server;

    const connected = this.#connected;
    // One for all of them: they are many, and some are open for long.
    const forget = function (this: Socket): void {
      connected.delete(this);
    };
    server.on('connection', (socket) => connected.add(socket.on('close', forget)));
  }

  /** Connections that became WebSockets are closed by their own rules. */
  watchUpgrades(): void {
    const forget = (): void => {
      this.#upgraded -= 1;
    };
    this.#server.on('upgrade', (_request, socket: Socket) => {
      this.#upgraded += 1;
      socket.on('close', forget);
    });
  }

  /**
   * @param deadline milliseconds for requests that go on; whoever closes cuts off what is left
   */
  async run(deadline: number): Promise<void> {
    const server = this.#server;
    if (!server.listening) return;
    const begun = performance.now();
    NetServer.prototype.close.call(server);
    await delay(DOOR);
    server.prependListener('request', (_request: IncomingMessage, response: ServerResponse) => {
      response.shouldKeepAlive = false;
    });
    for (;;) {
      const open = (await this.#connections()) - this.#upgraded;
      const waited = performance.now() - begun;
      if (open <= 0 || waited > deadline) return;
      if (waited > IDLE) this.#closeIdle();
      await delay(LOOK);
    }
  }

  #closeIdle(): void {
    this.#server.closeIdleConnections();
    // Browsers open connections in advance; to Node one that never asked is not idle but about to ask.
    for (const socket of this.#connected) if (socket.bytesRead === 0) socket.destroy();
  }

  #connections(): Promise<number> {
    return new Promise((resolve, reject) =>
      this.#server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
    );
  }
}
