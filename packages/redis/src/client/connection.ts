import type { Writable } from 'node:stream';
import { Redis as Client, type Command, type RedisOptions } from 'ioredis';
import type { Settings } from '../settings';
import { isBlocking } from './blocking';
import { Batch } from './batch';
import { Circuit } from './circuit';
import { Patience } from './patience';
import { isDown, RedisDown } from './redis-down';

/** Replies as they always were. */
type ClientOptions = RedisOptions & { replyMapping?: 'legacy' };

/** Milliseconds without a word after which a connection is thrown away: behind it may be nobody. */
const SILENCE = 5000;
/** Milliseconds between two tries to connect: the first, and the longest. */
const PAUSES = { first: 50, longest: 2000 };

/**
 * A connection whose commands never wait without an end: they fail at once while it is down, after
 * `settings.command` where nobody answers, and at once for a second after 5 such failures in a row.
 */
export class Connection extends Client {
  readonly #circuit = new Circuit();
  readonly #patience: Patience;
  readonly #listeners = new Set<Client>();
  readonly #batch = new Batch(this);

  /** It connects with `connect`, and by itself from then on. */
  constructor(address: RedisOptions, { prefix, connect, command, client }: Settings) {
    super({
      ...address,
      ...client,
      keyPrefix: prefix,
      lazyConnect: true,
      connectTimeout: connect,
      socketTimeout: SILENCE,
      // Whoever closes does not wait for a server that is away.
      disconnectTimeout: 200,
      enableOfflineQueue: false,
      // What was sent may have been done: nothing is sent twice.
      maxRetriesPerRequest: 0,
      autoResendUnfulfilledCommands: false,
      reconnectOnError: ({ message }: Error) => message.startsWith('READONLY'),
      retryStrategy: (tries: number) => Math.min(PAUSES.first * 2 ** (tries - 1), PAUSES.longest),
    } as ClientOptions);
    this.#patience = new Patience(this, command);
    this.on('ready', () => this.#circuit.succeeded());
  }

  override sendCommand(...[command, stream]: Parameters<Client['sendCommand']>): unknown {
    if (this.status !== 'ready') {
      this.#watch(command, false);
      return super.sendCommand(command, stream);
    }
    const refusal = this.#refusalOf(command);
    this.#watch(command, refusal === undefined);
    if (refusal !== undefined) {
      command.reject(refusal);
      return command.promise;
    }
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

  #refusalOf({ name, args }: Command): Error | undefined {
    if (isBlocking(name, args))
      return new TypeError(
        `${name} waits on the server and would hold up all others: use a connection of its own, redis.duplicate().`,
      );
    if (this.#circuit.lets()) return undefined;
    return new RedisDown(new Error('it failed five times in a row, and is asked once a second'));
  }

  /** What a command fails with says whether the server is away. */
  #watch(command: Command, counts: boolean): void {
    const { resolve, reject } = command;
    if (counts) this.#patience.begin(command);
    command.resolve = (result: unknown) => {
      if (counts) this.#circuit.succeeded();
      this.#batch.settled();
      resolve(result);
    };
    command.reject = (error: Error) => {
      const down = isDown(error);
      if (counts && down) this.#circuit.failed();
      this.#batch.settled();
      reject(down && !(error instanceof RedisDown) ? new RedisDown(error) : error);
    };
  }
}
