import type { Settings } from '../settings';
import { ClusterConnection } from './cluster-connection';
import { ClusterWire } from './cluster-wire';
import type { Connection } from './connection';
import { RedisDown } from './redis-down';
import { ServerWire } from './server-wire';
import type { Wire } from './wire';

type Hear = (message: Buffer) => void;

/** Hears channels, each as long as somebody in this process does. */
export class Listener {
  readonly #wire: Wire;
  readonly #patience: number;
  readonly #heard = new Map<string, Set<Hear>>();
  readonly #subscribing = new Map<string, Promise<unknown>>();

  constructor(client: Connection | ClusterConnection, { prefix, command }: Settings) {
    const hear = (channel: string, message: Buffer): void => {
      for (const each of this.#heard.get(channel) ?? []) each(message);
    };
    this.#wire =
      client instanceof ClusterConnection
        ? new ClusterWire(client, prefix, hear)
        : new ServerWire(client, prefix, hear);
    this.#patience = command;
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
      const subscribed = this.#wire.subscribe(channel);
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
    this.#wire.unsubscribe(channel);
  }

  /** Whether what is published to a channel from now on comes back to this process. */
  async hears(channel: string): Promise<boolean> {
    const subscribed = this.#subscribing.get(channel);
    if (subscribed === undefined) return false;
    try {
      await this.#inTime(subscribed);
      return this.#wire.isOpen();
    } catch {
      return false;
    }
  }

  /** @returns how many connections heard it */
  publish(channel: string, message: string | Buffer): Promise<number> {
    return this.#wire.publish(channel, message);
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
