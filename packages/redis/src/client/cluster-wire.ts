import { setTimeout } from 'node:timers/promises';
import type { ClusterConnection } from './cluster-connection';
import type { Told, Wire } from './wire';

/** Milliseconds between two tries to subscribe. */
const PAUSE = 200;

/**
 * Channels of a cluster: each lives on the server of its slot, as its keys do, and is heard by a connection
 * to that one alone. ioredis takes them for keys, so that it adds the prefix.
 */
export class ClusterWire implements Wire {
  readonly #client: ClusterConnection;
  /** Channels that somebody wants to hear, with the one try that goes on. */
  readonly #wanted = new Map<string, object>();

  constructor(client: ClusterConnection, prefix: string, hear: Told) {
    this.#client = client;
    client.on('smessageBuffer', (channel: Buffer, message: Buffer) =>
      hear(channel.toString().slice(prefix.length), message),
    );
  }

  async subscribe(channel: string): Promise<void> {
    const wanted = {};
    this.#wanted.set(channel, wanted);
    while (this.#wanted.get(channel) === wanted) {
      try {
        await this.#client.ssubscribe(channel);
        return;
      } catch (error) {
        if (this.#client.status === 'end') throw error;
        await setTimeout(PAUSE, undefined, { ref: false });
      }
    }
  }

  unsubscribe(channel: string): void {
    this.#wanted.delete(channel);
    this.#client.sunsubscribe(channel).catch(() => undefined);
  }

  publish(channel: string, message: string | Buffer): Promise<number> {
    return this.#client.spublish(channel, message) as Promise<number>;
  }

  isOpen(): boolean {
    return this.#client.status === 'ready';
  }
}
