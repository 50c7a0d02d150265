import type { Writable } from 'node:stream';
import { Redis as Client, type Command, type RedisOptions } from 'ioredis';
import type { Settings } from '../settings';
import { Batch } from './batch';
import { Guard } from './guard';
import { guardedOptions, pauseAfter } from './guarded-options';

/** Replies as they always were. */
type ClientOptions = RedisOptions & { replyMapping?: 'legacy' };

/** A connection to one server whose commands never wait without an end: they fail at once while it is down. */
export class Connection extends Client {
  readonly #guard: Guard;
  readonly #listeners = new Set<Client>();
  readonly #batch = new Batch(this);

  /** It connects with `connect`, and by itself from then on. */
  constructor(address: RedisOptions, settings: Settings) {
    super({
      ...address,
      ...settings.client,
      ...guardedOptions(settings),
      keyPrefix: settings.prefix,
      lazyConnect: true,
      enableOfflineQueue: false,
      retryStrategy: pauseAfter,
    } as ClientOptions);
    this.#guard = new Guard({
      patience: settings.command,
      waiting: () => this.commandQueue.toArray().map(({ command }) => command as Command),
      settled: () => this.#batch.settled(),
    });
    this.on('ready', () => this.#guard.ready());
  }

  override sendCommand(...[command, stream]: Parameters<Client['sendCommand']>): unknown {
    if (this.status !== 'ready') {
      this.#guard.watch(command, false);
      return super.sendCommand(command, stream);
    }
    if (!this.#guard.lets(command)) return command.promise;
    // A pipeline of the program writes by itself.
    if (stream !== undefined) this.#batch.flush();
    return super.sendCommand(command, stream ?? this.#batch.on(this.#stream));
  }

  /** A connection of its own, which may wait for as long as its commands say: for lists and streams. It ends with this one. */
  override duplicate(options: RedisOptions = {}): Client {
    const made = new Client({
      ...this.options,
      lazyConnect: false,
      enableOfflineQueue: true,
      maxRetriesPerRequest: null,
      socketTimeout: undefined,
      ...options,
    } as ClientOptions);
    this.#listeners.add(made);
    // What broke is told by commands that fail; it connects again by itself.
    made.on('error', () => undefined);
    made.once('end', () => this.#listeners.delete(made));
    return made;
  }

  /** Ends it, and what was made of it. */
  override disconnect(reconnect?: boolean): void {
    if (reconnect !== true) for (const each of this.#listeners) each.disconnect();
    super.disconnect(reconnect);
  }

  get #stream(): Writable {
    return (this as unknown as { readonly stream: Writable }).stream;
  }
}
