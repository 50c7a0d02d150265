import type { Redis as Client } from 'ioredis';
import type { Settings } from '../settings';
import type { Connection } from './connection';
import { RedisDown } from './redis-down';

type Hear = (message: Buffer) => void;

/** The connection that hears channels: one that listens takes no other commands. It subscribes anew when it was broken. */
export class Listener {
  readonly #client: Connection;
  readonly #patience: number;
  readonly #prefix: string;
  readonly #heard = new Map<string, Set<Hear>>();
  readonly #subscribing = new Map<string, Promise<unknown>>();
  #connection: Client | undefined;

  constructor(client: Connection, { prefix, command }: Settings) {
    this.#client = client;
    this.#patience = command;
    this.#prefix = prefix;
  }

  /**
   * Begins to hear a channel; what is published after the promise was kept is heard. Where Redis is away
   * it is heard when it is back.
   *
   * @throws RedisDown where nobody has acknowledged in time
   */
  async hear(channel: string, hear: Hear): Promise<void> {
    const all = this.#heard.get(channel) ?? new Set();
    this.#heard.set(channel, all.add(hear));
    if (!this.#subscribing.has(channel)) {
      const subscribed = this.#open().subscribe(this.#prefix + channel);
      subscribed.catch(() => this.#subscribing.delete(channel));
      this.#subscribing.set(channel, subscribed);
    }
    await this.#inTime(this.#subscribing.get(channel)!);
  }

  /** Ends it with the last one that hears it. */
  leave(channel: string, hear: Hear): void {
    const all = this.#heard.get(channel);
    if (all?.delete(hear) !== true || all.size > 0) return;
    this.#heard.delete(channel);
    this.#subscribing.delete(channel);
    this.#connection?.unsubscribe(this.#prefix + channel).catch(() => undefined);
  }

  /** Whether what is published to a channel from now on comes back to this process. */
  async hears(channel: string): Promise<boolean> {
    const subscribed = this.#subscribing.get(channel);
    if (subscribed === undefined) return false;
    try {
      await this.#inTime(subscribed);
      return this.#connection?.status === 'ready';
    } catch {
      return false;
    }
  }

  /** @returns how many connections heard it */
  publish(channel: string, message: string | Buffer): Promise<number> {
    return this.#client.publish(this.#prefix + channel, message);
  }

  #open(): Client {
    if (this.#connection !== undefined) return this.#connection;
    const connection = this.#client.duplicate();
    connection.on('messageBuffer', (channel: Buffer, message: Buffer) => {
      const name = channel.toString().slice(this.#prefix.length);
      for (const hear of this.#heard.get(name) ?? []) hear(message);
    });
    return (this.#connection = connection);
  }

  async #inTime(subscribed: Promise<unknown>): Promise<void> {
    const { promise, reject } = Promise.withResolvers<never>();
    const late = setTimeout(
      () => reject(new RedisDown(new Error('nobody acknowledged a subscription in time'))),
      this.#patience,
    );
    try {
      await Promise.race([subscribed, promise]);
    } finally {
      clearTimeout(late);
    }
  }
}
