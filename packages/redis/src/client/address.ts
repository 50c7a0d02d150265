import type { RedisOptions } from 'ioredis';
import { RedisBootError } from '../boot-error';

const SENTINELS =
  /^redis\+sentinel:\/\/(?:(?<user>[^:@/]*)(?::(?<password>[^@/]*))?@)?(?<hosts>[^/@]+)\/(?<name>[^/]+)(?:\/(?<db>\d+))?$/;

/**
 * Reads the address of Redis.
 *
 * @throws RedisBootError REDIS_URL_INVALID, without the password
 */
export function addressOf(url: string): RedisOptions {
  const sentinels = SENTINELS.exec(url)?.groups;
  if (sentinels !== undefined) return sentinelsOf(sentinels);
  const { protocol, hostname, port, username, password, pathname } = parsed(url);
  const db = Number(pathname.slice(1));
  if (!['redis:', 'rediss:'].includes(protocol) || hostname === '' || !Number.isInteger(db))
    throw invalid(url);
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? 6379 : Number(port),
    ...(username !== '' && { username: decodeURIComponent(username) }),
    ...(password !== '' && { password: decodeURIComponent(password) }),
    db,
    ...(protocol === 'rediss:' && { tls: {} }),
  };
}

/** The address as messages show it: without who connects. */
export function shownAddress(url: string): string {
  return url.replace(/\/\/.*@/, '//');
}

function sentinelsOf({ user, password, hosts, name, db }: Record<string, string | undefined>) {
  const sentinels = hosts!.split(',').map((each) => {
    const { hostname, port } = parsed(`redis://${each}`);
    return { host: hostname, port: port === '' ? 26379 : Number(port) };
  });
  return {
    sentinels,
    name: name!,
    ...(user !== undefined && user !== '' && { username: decodeURIComponent(user) }),
    ...(password !== undefined && { password: decodeURIComponent(password) }),
    ...(db !== undefined && { db: Number(db) }),
  };
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
    'REDIS_URL=redis://127.0.0.1:6379/0',
  );
}
