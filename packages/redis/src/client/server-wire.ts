import type { Redis as Client } from 'ioredis';
import type { Connection } from './connection';
import type { Told, Wire } from './wire';

/** Channels of one server. The connection that listens is one of its own, as it takes no other commands; it subscribes anew when it was broken. */
export class ServerWire implements Wire {
  readonly #client: Connection;
  readonly #prefix: string;
  readonly #hear: Told;
  #connection: Client | undefined;

  constructor(client: Connection, prefix: string, hear: Told) {
    this.#client = client;
    this.#prefix = prefix;
    this.#hear = hear;
  }

  subscribe(channel: string): Promise<unknown> {
    return this.#open().subscribe(this.#prefix + channel);
  }

  unsubscribe(channel: string): void {
    this.#connection?.unsubscribe(this.#prefix + channel).catch(() => undefined);
  }

  publish(channel: string, message: string | Buffer): Promise<number> {
    return this.#client.publish(this.#prefix + channel, message);
  }

  isOpen(): boolean {
    return this.#connection?.status === 'ready';
  }

  #open(): Client {
    if (this.#connection !== undefined) return this.#connection;
    const connection = this.#client.duplicate();
    connection.on('messageBuffer', (channel: Buffer, message: Buffer) =>
      this.#hear(channel.toString().slice(this.#prefix.length), message),
    );
    return (this.#connection = connection);
  }
}
