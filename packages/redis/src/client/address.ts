import type { RedisOptions } from 'ioredis';
import { RedisBootError } from '../boot-error';

type Groups = Readonly<Record<string, string | undefined>>;

/** A cluster, of which some servers are named: they tell of the others. */
export interface ClusterAddress {
  readonly nodes: readonly { readonly host: string; readonly port: number }[];
  readonly options: RedisOptions;
}

const CLUSTER =
  /^(?<protocol>rediss?)\+cluster:\/\/(?:(?<user>[^:@/]*)(?::(?<password>[^@/]*))?@)?(?<hosts>[^/@]+)\/?$/;
const SENTINELS =
  /^redis\+sentinel:\/\/(?:(?<user>[^:@/]*)(?::(?<password>[^@/]*))?@)?(?<hosts>[^/@]+)\/(?<name>[^/]+)(?:\/(?<db>\d+))?$/;

/**
 * Reads the address of Redis.
 *
 * @throws RedisBootError REDIS_URL_INVALID, without the password
 */
export function addressOf(url: string): RedisOptions {
  const sentinels = SENTINELS.exec(url)?.groups;
  if (sentinels !== undefined) return sentinelsOf(sentinels, url);
  const { protocol, hostname, port, username, password, pathname, search, hash } = parsed(url);
  const db = /^\/?(?<number>\d{0,9})$/.exec(pathname)?.groups?.['number'];
  const isWhole = db !== undefined && hostname !== '' && search + hash === '';
  if (!['redis:', 'rediss:'].includes(protocol) || !isWhole) throw invalid(url);
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? 6379 : Number(port),
    ...(username !== '' && { username: decoded(username, url) }),
    ...(password !== '' && { password: decoded(password, url) }),
    db: Number(db),
    ...(protocol === 'rediss:' && { tls: {} }),
  };
}

/**
 * Reads the address of a cluster; undefined for that of something else.
 *
 * @throws RedisBootError REDIS_URL_INVALID, without the password
 */
export function clusterOf(url: string): ClusterAddress | undefined {
  const groups = CLUSTER.exec(url)?.groups;
  if (groups === undefined) return undefined;
  return {
    nodes: hostsOf(groups['hosts']!, 6379),
    options: { ...whoOf(groups, url), ...(groups['protocol'] === 'rediss' && { tls: {} }) },
  };
}

/** The address as messages show it: without who connects. */
export function shownAddress(url: string): string {
  return url.replace(/\/\/.*@/, '//');
}

function sentinelsOf(groups: Groups, url: string): RedisOptions {
  const { hosts, name, db } = groups;
  return {
    sentinels: hostsOf(hosts!, 26_379),
    name: name!,
    ...whoOf(groups, url),
    ...(db !== undefined && { db: Number(db) }),
  };
}

function hostsOf(hosts: string, usual: number): { host: string; port: number }[] {
  return hosts.split(',').map((each) => {
    const { hostname, port } = parsed(`redis://${each}`);
    return { host: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? usual : Number(port) };
  });
}

function whoOf({ user, password }: Groups, url: string): RedisOptions {
  return {
    ...(user !== undefined && user !== '' && { username: decoded(user, url) }),
    ...(password !== undefined && { password: decoded(password, url) }),
  };
}

/** A `%` of a password is written as `%25`. */
function decoded(text: string, url: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw invalid(url);
  }
}

function parsed(url: string): URL {
  try {
    return new URL(url);
  } catch {
    throw invalid(url);
  }
}

function invalid(url: string): RedisBootError {
  return new RedisBootError(
    'REDIS_URL_INVALID',
    { member: 'redis()' },
    `'${shownAddress(url)}' is no address of Redis.`,
    'REDIS_URL=redis://127.0.0.1:6379/0, without a query; what is no letter or digit in a password is percent-encoded',
  );
}
