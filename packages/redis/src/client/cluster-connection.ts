import { Cluster, type Command } from 'ioredis';
import type { Settings } from '../settings';
import type { ClusterAddress } from './address';
import { Guard } from './guard';
import { guardedOptions, pauseAfter } from './guarded-options';

type Options = Exclude<ConstructorParameters<typeof Cluster<'legacy'>>[1], undefined>;

/** Connections to the servers of a cluster, whose commands never wait without an end. */
export class ClusterConnection extends Cluster {
  readonly #guard: Guard;
  readonly #waiting = new Set<Command>();
  readonly #made = new Set<Cluster>();

  /** It connects with `connect`, and by itself from then on. */
  constructor({ nodes, options }: ClusterAddress, settings: Settings) {
    super([...nodes], {
      ...settings.cluster,
      redisOptions: { ...options, ...settings.client, ...guardedOptions(settings) },
      keyPrefix: settings.prefix,
      lazyConnect: true,
      // Rooms and channels are told where they live, and not to all servers.
      shardedSubscribers: true,
      clusterRetryStrategy: pauseAfter,
      // What was sent may have been done: nothing is sent twice. What a server refused to do is.
      retryDelayOnFailover: 0,
      retryDelayOnClusterDown: 0,
    } as Options);
    this.#guard = new Guard({
      patience: settings.command,
      waiting: () => [...this.#waiting],
      settled: (command) => void this.#waiting.delete(command),
    });
    this.on('ready', () => this.#guard.ready());
  }

  override sendCommand(...[command, stream, node]: Parameters<Cluster['sendCommand']>): unknown {
    if (this.status !== 'ready') {
      this.#guard.watch(command, false);
      // While it connects, it asks how the cluster is; nobody else waits for it.
      if (command.name === 'cluster') return super.sendCommand(command, stream, node);
      command.reject(new Error("Cluster isn't ready"));
      return command.promise;
    }
    if (!this.#guard.lets(command)) return command.promise;
    this.#waiting.add(command);
    return super.sendCommand(command, stream, node);
  }

  /** Connections of their own, which may wait for as long as their commands say. They end with these. */
  override duplicate(...[nodes, options]: Parameters<Cluster['duplicate']>): Cluster {
    const made = super.duplicate(nodes, {
      lazyConnect: false,
      ...options,
      redisOptions: {
        maxRetriesPerRequest: null,
        socketTimeout: undefined,
        ...options?.redisOptions,
      },
    } as Options);
    this.#made.add(made);
    // What broke is told by commands that fail; it connects again by itself.
    made.on('error', () => undefined);
    made.once('end', () => this.#made.delete(made));
    return made;
  }

  /** Ends them, and what was made of them. */
  override disconnect(reconnect?: boolean): void {
    if (reconnect !== true) for (const each of this.#made) each.disconnect();
    super.disconnect(reconnect);
  }
}
