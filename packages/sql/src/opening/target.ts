import type { Plan } from 'vivace/extend';
import { SqlBootError } from '../boot-error';
import type { DatabaseSettings } from './options';

/** Where the database of a server is. */
export type Target =
  | { readonly kind: 'address'; readonly url: string; readonly direct: string | undefined }
  /** The server from npm, for development. */
  | { readonly kind: 'embedded' }
  /** A database of this test alone, on the server of tests. */
  | { readonly kind: 'test' }
  /** One that the test has made itself. */
  | { readonly kind: 'copy'; readonly url: string };

type Variables = Plan['env'];

/**
 * Which database a server works on.
 *
 * @throws SqlBootError where production names none, or a test would reach that of somebody else
 */
export function targetOf(
  settings: Pick<DatabaseSettings, 'url'>,
  { env, production }: Pick<Plan, 'env' | 'production'>,
): Target {
  const url = settings.url ?? env['DATABASE_URL'];
  if (isTesting()) return testTarget(settings.url, env);
  if (url !== undefined && url !== '') return addressed(url, env);
  if (!production) return { kind: 'embedded' };
  throw new SqlBootError(
    'DATABASE_URL_MISSING',
    'database()',
    'NODE_ENV is production, and DATABASE_URL says nothing.',
    'DATABASE_URL=postgres://user:password@host/name in the environment',
  );
}

/** Jest says so to each of its processes, whatever the program is told. */
export function isTesting(): boolean {
  return process.env['JEST_WORKER_ID'] !== undefined;
}

/** The server that tests run on; undefined: the embedded one. */
export function testAddress(env: Variables = process.env): string | undefined {
  const url = env['TEST_DATABASE_URL'];
  return url === undefined || url === '' ? undefined : checked(url, 'TEST_DATABASE_URL');
}

/** Where a name and its reason may be said, and the password may not. */
export function placeOf(url: string): string {
  const { host, pathname } = new URL(url);
  return host === '' ? url.replace(/^[^?]*\?/, '?') : `${host}${pathname}`;
}

/** The database of an address. */
export function databaseName(url: string): string {
  return decodeURIComponent(new URL(url).pathname.slice(1));
}

/** The same server, and another database of it. */
export function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${encodeURIComponent(name)}`;
  return changed.href;
}

/** A test has a database of its own, so an address that it did not ask for is one of somebody else. */
function testTarget(url: string | undefined, env: Variables): Target {
  if (url === undefined || url === testAddress(env)) return { kind: 'test' };
  throw new SqlBootError(
    'DATABASE_OF_TESTS',
    'database({ url })',
    `A test would reach ${placeOf(checked(url, 'url'))}.`,
    'nothing, for the embedded PostgreSQL; TEST_DATABASE_URL=postgres://… for a server of tests',
  );
}

function addressed(url: string, env: Variables): Target {
  const direct = env['DATABASE_DIRECT_URL'];
  return {
    kind: 'address',
    url: checked(url, 'DATABASE_URL'),
    direct:
      direct === undefined || direct === '' ? undefined : checked(direct, 'DATABASE_DIRECT_URL'),
  };
}

function checked(url: string, name: string): string {
  if (URL.canParse(url) && /^postgres(?:ql)?:$/.test(new URL(url).protocol)) return url;
  throw new SqlBootError(
    'DATABASE_URL_INVALID',
    name,
    'It is no address of a PostgreSQL; it is not shown, since it may hold a password.',
    'postgres://user:password@host:5432/name, with %40 for an @ in the password',
  );
}
