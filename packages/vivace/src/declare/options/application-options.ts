import type { Needs } from '../provided';
import type { Override } from '../provide';
import type { LayerOptions } from './layer-options';
import type { ResponseModels, VivaceOptions } from './vivace-options';

/** How controllers are added. */
export interface IncludeOptions extends LayerOptions {
  /** What stands before the paths of the controllers, such as `/v1`. */
  readonly prefix?: string;
  /**
   * The host that requests have to name, as text or pattern; text without a port fits every port.
   */
  readonly host?: string | RegExp;
}

/** How a directory is served. */
export interface StaticOptions {
  /**
   * Whether a directory is answered by its `index.html`, and what is missing by `404.html` with
   * status 404.
   * @default `true` where there is a `fallback`, else `false`
   */
  readonly html?: boolean;
  /**
   * The file that is sent with status 200 where a browser asks for a page that does not exist, for
   * single-page applications; `404.html` is sent with status 404.
   */
  readonly fallback?: string;
  /** Seconds for which browsers keep a file; pages are asked for anew each time. */
  readonly maxAge?: number;
  /** The name that `urlFor` knows the directory by, with the parameter `path`. */
  readonly name?: string;
  /** What has to agree before a file is looked for, after the dependencies of the application. */
  readonly dependencies?: readonly Needs[];
}

/** How a server is built. */
export interface BuildOptions {
  /** Substitutes for dependencies, classes and schemes, made by `override`. */
  readonly overrides?: readonly Override[];
  /**
   * The variables that settings are read from.
   * @default `process.env`
   */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /**
   * How many processes serve the application. Above 1, whatever only one of them would know (a
   * limit in
   * memory, rooms) is an error.
   * @default 1; in a worker of `node:cluster` more
   */
  readonly workers?: number;
  /**
   * Which return types of handlers are response models, in place of what the application says.
   * @default that of the application
   */
  readonly responseModels?: ResponseModels;
  /** What may be used only where an override stands for it, such as the database: for tests. */
  readonly forbidUnmocked?: readonly Needs[];
}

/** Where and how a server listens. */
export interface ListenOptions
  extends BuildOptions, Pick<VivaceOptions, 'rootPath' | 'trustProxy'> {
  /**
   * The address to listen on.
   * @default `127.0.0.1`
   */
  readonly host?: string;
  /**
   * The port to listen on; 0 takes a free one.
   * @default `PORT`, or 8000; without `http` `WORK_PORT`, or 8001
   */
  readonly port?: number;
  /** The path of a Unix socket, in place of host and port. */
  readonly socket?: string;
  /**
   * Whether the work of extensions runs in this process: consumers, jobs, the clock. A process that
   * does not work, or only works, is one of several.
   * @default `true`, unless the variable `WORK` is `false`
   */
  readonly work?: boolean;
  /**
   * Which entries this process works on, by class or method: `['Billing', 'Mails.send']`.
   * @default all
   */
  readonly only?: readonly string[];
  /**
   * Whether this process answers more than what is asked about its health. Without it the port is
   * `WORK_PORT`, or 8001.
   * @default `true`, unless the program was started with `--work`
   */
  readonly http?: boolean;
  /** Closes the server when it is aborted. */
  readonly signal?: AbortSignal;
  /**
   * Whether SIGINT and SIGTERM close the server.
   * @default `true`
   */
  readonly handleSignals?: boolean;
  /** Seconds that closing may take, in place of `timeouts.shutdown`. */
  readonly grace?: number;
}
