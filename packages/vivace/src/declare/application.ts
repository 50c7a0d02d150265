import type { Needs } from './provided';
import type { Override } from './provide';
import type { Shared } from './layers';
import type { VivaceOptions } from './vivace-options';

/** How controllers are added. */
export interface IncludeOptions extends Shared {
  /** What stands before the paths of the controllers, such as `/v1`. */
  prefix?: string;
  /**
   * The host that requests have to name, as text or pattern; text without a port fits every port.
   */
  host?: string | RegExp;
}

/** Where something is mounted. */
export interface MountOptions {
  /** The name that `urlFor` puts before the names of a mounted application: `admin:read_user`. */
  name?: string;
  /**
   * The host that requests have to name, as text or pattern; text without a port fits every port.
   */
  host?: string | RegExp;
}

/** How a directory is served. */
export interface StaticOptions {
  /**
   * Whether a directory is answered by its `index.html`, and what is missing by `404.html` with
   * status 404.
   * @default `true` where there is a `fallback`, else `false`
   */
  html?: boolean;
  /**
   * The file that is sent with status 200 where a browser asks for a page that does not exist, for
   * single-page applications; `404.html` is sent with status 404.
   */
  fallback?: string;
  /** Seconds for which browsers keep a file; pages are asked for anew each time. */
  maxAge?: number;
  /** The name that `urlFor` knows the directory by, with the parameter `path`. */
  name?: string;
}

/** How a server is built. */
export interface BuildOptions {
  /** Substitutes for dependencies, classes and schemes, made by `override`. */
  overrides?: readonly Override[];
  /**
   * The variables that settings are read from.
   * @default `process.env`
   */
  env?: Readonly<Record<string, string | undefined>>;
  /**
   * How many processes serve the application. Above 1, whatever only one of them would know (a
   * limit in
   * memory, rooms) is an error.
   * @default 1; in a worker of `node:cluster` more
   */
  workers?: number;
  /** What may be used only where an override stands for it, such as the database: for tests. */
  forbidUnmocked?: readonly Needs[];
}

/** Where and how a server listens. */
export interface ListenOptions
  extends BuildOptions, Pick<VivaceOptions, 'rootPath' | 'trustProxy'> {
  /**
   * The address to listen on.
   * @default `127.0.0.1`
   */
  host?: string;
  /**
   * The port to listen on; 0 takes a free one.
   * @default `PORT`, or 8000
   */
  port?: number;
  /** The path of a Unix socket, in place of host and port. */
  socket?: string;
  /** Closes the server when it is aborted. */
  signal?: AbortSignal;
  /**
   * Whether SIGINT and SIGTERM close the server.
   * @default `true`
   */
  handleSignals?: boolean;
  /** Seconds that closing may take, in place of `timeouts.shutdown`. */
  grace?: number;
}
