import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { Class } from './class';
import type { Rooms } from './context-classes';
import type { Entry } from './entry';
import type { ExceptionHandler } from './exceptions';
import type { HandlerMountOptions } from './options/mount-options';
import type { Middleware } from './options/layer-options';
import type { Provision } from './provide';
import type { Needs } from './provided';
import type { Store } from './store';
import type { Host, Work } from './work';

/**
 * What a package adds to an application: an entry of `new Vivace({ extensions: [ … ] })`. It is plain
 * data, and nothing of it happens before a server is built. Applications that are mounted do not
 * have the extensions of the one around them.
 *
 * @example
 * export function mail(): Extension {
 *   return { name: 'mail', singletons: [transport], provide: [provide(Mailer, mailer)], health: { mail: ping } };
 * }
 */
export interface Extension {
  /** What messages, listings and `workOf` call it; no two of an application have one name. */
  readonly name: string;
  /** Called with all extensions of the application, before anything is read: refuses one that lacks another. */
  readonly beside?: (extensions: readonly Extension[]) => void;
  /** Singletons that are opened with the server, although no operation may need them. */
  readonly singletons?: readonly Needs[];
  /** What stands for which class. What the program provides for one of them counts instead. */
  readonly provide?: readonly Provision[];
  /** Controllers, after those of the program; its guards and options count for them. */
  readonly controllers?: readonly Class[];
  /** Classes with methods that `declareEntry` has recorded. */
  readonly entries?: readonly Class[];
  /** Middleware around that of the program; that of the first extension is the outermost. */
  readonly middleware?: readonly Middleware[];
  /**
   * A plugin of Fastify, before those of the program. Its routes are not documented, unless their
   * schema says `hide: false`.
   */
  readonly plugin?: (fastify: FastifyInstance) => unknown;
  /**
   * Adds routes that machines ask, as `/livez` is: no middleware or guard of the program is around
   * them, no document has them, and a process that only works answers them too.
   */
  readonly probes?: (fastify: FastifyInstance) => unknown;
  /** Fetch handlers below paths, before those of the program: pages that a library brings. */
  readonly mounts?: readonly ExtensionMount[];
  /** Where middleware keeps its data that names no store; a singleton. */
  readonly store?: Needs<Store>;
  /** What stands for `Rooms`; a singleton. */
  readonly rooms?: Needs<Rooms>;
  /**
   * How much its store and rooms count where several extensions give them: those of the highest rank
   * are taken, and undefined gives none.
   *
   * @param env the variables that settings are read from
   * @default `0`
   */
  readonly rank?: (env: Plan['env']) => number | undefined;
  /** Checks of `/readyz` by name, as `health.checks` of the application. */
  readonly health?: Readonly<Record<string, Needs>>;
  /** Handlers of errors, asked after all those of the program. */
  readonly exceptions?: readonly ExceptionHandler[];
  /** Called before anything is opened: refuses what cannot work, by `plan.refuse`. */
  readonly check?: (plan: Plan) => void;
  /**
   * What runs beside HTTP: begins when the server listens, and ends before singletons close. What
   * throws, or dies later, is logged and started anew after 1, 2, 3, 3 … seconds; the server is not
   * ready meanwhile.
   */
  readonly work?: (host: Host) => Promise<Work>;
}

/** A handler below a path, as `app.mount` takes it. */
export interface ExtensionMount {
  /** Where it stands: `/jobs`. */
  readonly path: string;
  /** Answers what comes below the path. */
  readonly handler: (request: globalThis.Request) => Promise<globalThis.Response>;
  /** Those of `app.mount`, such as the dependencies that guard it. */
  readonly options?: HandlerMountOptions;
}

/** What is known of a server before anything of it is opened. */
export interface Plan {
  /** How many processes serve the application; those that only work are not counted. */
  readonly workers: number;
  /** Whether this process serves HTTP. */
  readonly http: boolean;
  /** Whether the work of extensions runs in this process. */
  readonly work: boolean;
  /** Whether `NODE_ENV` is `production`. */
  readonly production: boolean;
  /** The logger of the server. */
  readonly log: FastifyBaseLogger;
  /** Whether an address is that of a proxy whose words about its clients count (`trustProxy`). */
  readonly trusts: (address: string) => boolean;
  /** The variables that settings are read from. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The entry points of the application, also of other extensions and of other processes; they can be called later. */
  readonly entries: readonly Entry[];
  /** Whether an operation reads values of a class, or answers with them. */
  speaksOf(type: Class): boolean;
  /**
   * Refuses the application.
   *
   * @param code of the extension's own table of errors, such as `POOL_TOO_LARGE`
   * @param where a class, a dependency, or the name of the place
   * @param seen what was found there, as a sentence
   * @param write what to write instead
   * @throws BootError always
   */
  refuse(code: string, where: unknown, seen: string, write: string): never;
}
