import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { setImmediate as turn, setTimeout as delay } from 'node:timers/promises';
import { newWord, removeAddress, writeAddress } from './address';
import type { Outcome } from './messages';
import type { RunningService } from './service';

/** Milliseconds: for a service to start, for the first to join, and for the last to read what was said. */
const START = 60_000;
const FIRST = 10_000;
const READ = 1000;

/** Runs a service for as long as somebody is connected to it. */
export class SupervisorServer {
  readonly #folder: string;
  readonly #start: () => Promise<RunningService>;
  readonly #greeting = newWord();
  readonly #answer = newWord();
  readonly #server = createServer({ allowHalfOpen: true }, (socket) => this.#greet(socket));
  readonly #sockets = new Set<Socket>();
  readonly #holders = new Set<Socket>();
  readonly #closed = Promise.withResolvers<void>();
  #started: Promise<RunningService> | undefined;
  #closing = false;

  /** @param folder where its address is written, for those who join */
  constructor(folder: string, start: () => Promise<RunningService>) {
    this.#folder = folder;
    this.#start = start;
  }

  /** Starts the service; settles when it has ended. */
  async run(): Promise<void> {
    await once(this.#server.listen(0, '127.0.0.1'), 'listening');
    this.#started = inTime(this.#start());
    this.#started.then(
      ({ ended }) => ended.finally(() => this.close()),
      // It is said to all who come until the last of them has gone.
      (error: unknown) => console.error(error),
    );
    const { port } = this.#server.address() as AddressInfo;
    writeAddress(this.#folder, { port, greeting: this.#greeting, answer: this.#answer });
    // Who started it may have been killed since.
    setTimeout(() => this.#holders.size === 0 && this.close(), FIRST).unref();
    await this.#closed.promise;
  }

  close(): void {
    if (this.#closing) return;
    this.#closing = true;
    this.#closed.resolve(this.#end());
  }

  async #end(): Promise<void> {
    removeAddress(this.#folder);
    const connectionsEnded = once(this.#server.close(), 'close');
    const running = await this.#started?.catch(() => undefined);
    await running?.stop();
    await turn();
    for (const socket of this.#sockets) socket.end();
    await Promise.race([connectionsEnded, delay(READ)]);
  }

  #greet(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => {});
    socket.once('end', () => this.#leave(socket));
    socket.once('close', () => {
      this.#sockets.delete(socket);
      this.#leave(socket);
    });
    createInterface({ input: socket }).once('line', (line) => {
      if (line === this.#greeting && !this.#closing) void this.#enter(socket);
      else socket.destroy();
    });
  }

  async #enter(socket: Socket): Promise<void> {
    this.#holders.add(socket);
    socket.write(`${this.#answer}\n`);
    socket.write(`${JSON.stringify(await this.#outcome())}\n`);
  }

  async #outcome(): Promise<Outcome> {
    try {
      return { env: (await this.#started)?.env ?? {} };
    } catch (error) {
      return { error: error instanceof Error ? error.message : String(error) };
    }
  }

  /** Nobody is left: the last one learns by the end of its connection that the service has ended. */
  #leave(socket: Socket): void {
    if (!this.#holders.delete(socket)) return;
    if (this.#holders.size === 0) this.close();
    else socket.end();
  }
}

async function inTime<T>(starting: Promise<T>): Promise<T> {
  const late = new Error(`The service has not started within ${START / 1000} s.`);
  return Promise.race([
    starting,
    delay(START, undefined, { ref: false }).then(() => Promise.reject(late)),
  ]);
}
