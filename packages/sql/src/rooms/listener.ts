import { setTimeout } from 'node:timers/promises';
import type { Client } from 'pg';
import { DatabaseDown } from '../connection/failure';

export interface ListenerOptions {
  readonly channel: string;
  /** Makes a connection, which is not open yet. */
  readonly connection: () => Client;
  /** Milliseconds that somebody waits for the connection. */
  readonly patience: number;
  readonly onNotification: (payload: string) => void;
  /** Told when the connection broke: what is sent until it is back is not heard. */
  readonly onBroken: () => void;
}

/** Milliseconds between two tries to connect again: the first, and the longest. */
const PAUSES = { first: 100, longest: 2000 };

/** A connection that listens to a channel, and is made anew when it breaks. */
export class Listener implements AsyncDisposable {
  readonly #options: ListenerOptions;
  readonly #closing = new AbortController();
  #connection: Promise<Client>;
  #line: Promise<unknown> = Promise.resolve();

  private constructor(options: ListenerOptions) {
    this.#options = options;
    this.#connection = this.#listen();
  }

  /** @throws DatabaseDown where it cannot connect */
  static async open(options: ListenerOptions): Promise<Listener> {
    const listener = new Listener(options);
    await listener.#connection;
    return listener;
  }

  /**
   * The connection, listening.
   *
   * @throws DatabaseDown where it is not there in time
   */
  async connection(): Promise<Client> {
    const waiting = new AbortController();
    const late = setTimeout(this.#options.patience, undefined, {
      signal: waiting.signal,
      ref: false,
    }).then(() => {
      throw new DatabaseDown(new Error('The connection that listens is broken.'));
    });
    try {
      return await Promise.race([this.#connection, late]);
    } finally {
      waiting.abort();
      late.catch(() => undefined);
    }
  }

  /**
   * Works with the connection, one after the other in the order of the calls.
   *
   * @throws DatabaseDown where it is not there in time
   */
  async run<T>(work: (client: Client) => Promise<T>): Promise<T> {
    const client = await this.connection();
    const done = this.#line.then(() => work(client));
    this.#line = done.catch(() => undefined);
    return done;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort();
    await this.#connection.then((client) => client.end()).catch(() => undefined);
  }

  async #listen(): Promise<Client> {
    const { channel, connection, onNotification } = this.#options;
    const client = connection();
    // What broke is said by `end`, and by the statements that wait.
    client.on('error', () => undefined);
    client.on('notification', ({ payload = '' }) => onNotification(payload));
    try {
      await client.connect();
      await client.query(`listen ${client.escapeIdentifier(channel)}`);
    } catch (error) {
      await client.end().catch(() => undefined);
      throw new DatabaseDown(error);
    }
    client.once('end', () => this.#connectAgain());
    return client;
  }

  #connectAgain(): void {
    if (this.#closing.signal.aborted) return;
    this.#options.onBroken();
    this.#connection = this.#retry();
    this.#connection.catch(() => undefined);
  }

  async #retry(): Promise<Client> {
    const { signal } = this.#closing;
    for (let pause = PAUSES.first; ; pause = Math.min(2 * pause, PAUSES.longest)) {
      try {
        return await this.#listen();
      } catch {
        await setTimeout(pause, undefined, { signal, ref: false });
      }
    }
  }
}
