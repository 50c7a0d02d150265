import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createRawServer, type AddressInfo, type Server } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** A request as a service got it. */
export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

type Reaction = (reply: ServerResponse, received: Received) => void;

/** A service that does what the test says, in turn; the last one for all that follow. */
export class Service implements AsyncDisposable {
  readonly received: Received[] = [];
  connections = 0;
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
    server.on('connection', () => (this.connections += 1));
  }

  static async answering(...reactions: readonly Reaction[]): Promise<Service> {
    const server = createServer((request, reply) => {
      void (async () => {
        const body = (await buffer(request)).toString();
        const { method = '', url = '', headers } = request;
        const received = { method, url, headers, body };
        const reaction = reactions[Math.min(service.received.length, reactions.length - 1)]!;
        service.received.push(received);
        reaction(reply, received);
      })();
    });
    const service = new Service(server);
    await listening(server);
    return service;
  }

  /** Bytes that it sends to whoever connects. */
  static async sending(text: string): Promise<Service> {
    const server = createRawServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => socket.end(text));
    });
    await listening(server);
    return new Service(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if ('closeAllConnections' in this.#server) (this.#server.closeAllConnections as () => void)();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

function listening(server: Server): Promise<void> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
}

export const json =
  (value: unknown, status = 200): Reaction =>
  (reply) =>
    void reply.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
export const status =
  (code: number, headers: Readonly<Record<string, string>> = {}): Reaction =>
  (reply) =>
    void reply.writeHead(code, headers).end();
/** Never answers. */
export const silent: Reaction = () => undefined;
/** Breaks the connection. */
export const reset: Reaction = (reply) => void reply.socket?.resetAndDestroy();
/** Begins an answer and says no more. */
export const stalled: Reaction = (reply) =>
  void reply.writeHead(200, { 'content-length': '10' }).write('[');
