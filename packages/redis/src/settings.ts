import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ClusterOptions, RedisOptions } from 'ioredis';
import { checkNumbers, type Plan } from 'vivace/extend';

/** How an application uses Redis. */
export interface RedisSettings {
  /**
   * Where it is: `redis://host:6379/0`, `rediss://` for TLS, or
   * `redis+sentinel://one:26379,two:26379/name` for what sentinels watch, or
   * `redis+cluster://one:6379,two:6379` for a cluster, of which some servers are named.
   * @default `REDIS_URL`; without it everything is in the memory of the process
   */
  readonly url?: string;
  /** What stands before every key and channel. @default the name of the package */
  readonly prefix?: string;
  /** Milliseconds; no command waits for a connection to come back. */
  readonly timeouts?: {
    /** @default 1000 */
    readonly connect?: number;
    /** @default 500 */
    readonly command?: number;
  };
  /** Whether the program goes on where Redis is not reached in the first 30 seconds. @default false */
  readonly optional?: boolean;
  /** Further options of ioredis. */
  readonly client?: RedisOptions;
  /** Further options of ioredis for a cluster, such as `natMap`, `dnsLookup` and `scaleReads`. */
  readonly cluster?: ClusterOptions;
}

/** The same, with what is left out. */
export interface Settings {
  readonly prefix: string;
  readonly connect: number;
  readonly command: number;
  readonly optional: boolean;
  readonly client: RedisOptions;
  readonly cluster: ClusterOptions;
}

/** The longest that a timer of Node takes. */
const LONGEST = 2 ** 31 - 1;

export function settingsOf({
  prefix = nameOfPackage(process.cwd()),
  timeouts: { connect = 1000, command = 500 } = {},
  optional = false,
  client = {},
  cluster = {},
}: RedisSettings): Settings {
  return {
    prefix: prefix === '' ? '' : `${prefix}:`,
    connect: Math.min(connect, LONGEST),
    command: Math.min(command, LONGEST),
    optional,
    client,
    cluster,
  };
}

/** @throws BootError OPTION_NUMBER */
export function checkTimeouts({ connect, command }: Settings): void {
  checkNumbers({ type: 'redis', member: 'timeouts' }, { connect, command });
}

/** Undefined: in the memory of the process. */
export function urlOf({ url }: RedisSettings, env: Plan['env']): string | undefined {
  const said = url ?? env['REDIS_URL'];
  return said === '' ? undefined : said;
}

function nameOfPackage(folder: string): string {
  const file = join(folder, 'package.json');
  if (existsSync(file)) {
    const { name } = JSON.parse(readFileSync(file, 'utf8')) as { readonly name?: string };
    if (name !== undefined) return name;
  }
  return dirname(folder) === folder ? 'vivace' : nameOfPackage(dirname(folder));
}
