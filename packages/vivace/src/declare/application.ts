import type { FastifyInstance, FastifyServerOptions } from 'fastify';
import type { DocsOptions } from './docs-options';
import type {
  Contact,
  DocumentView,
  ExternalDocs,
  License,
  OpenAPIDocument,
  ServerInfo,
  Tag,
} from './openapi';
import type { Class, Extra } from './class';
import type { Dependency, Needs } from './provided';
import type { Override, Provision } from './provide';
import type { Shared } from './layers';

/** What an application is made of and how it behaves. */
export interface VivaceOptions<State = unknown> extends Shared {
  controllers?: readonly Class[];
  lifespan?: Lifespan<State>;
  /** Which class or factory stands for an abstract class. */
  provide?: readonly Provision[];

  /** `Vivace` by default. */
  title?: string;
  summary?: string;
  description?: string;
  /** `0.1.0` by default. */
  version?: string;
  termsOfService?: string;
  contact?: Contact;
  license?: License;
  servers?: readonly ServerInfo[];
  tagsMetadata?: readonly Tag[];
  externalDocs?: ExternalDocs;
  /** Controllers whose operations are documented as webhooks and never served. */
  webhooks?: readonly Class[];
  /** Where the document and its pages are served; false serves none. */
  docs?: false | DocsOptions;

  errors?: 'detail' | 'problem' | { format?: 'detail' | 'problem'; limit?: number };
  /** `ignore` by default. */
  extra?: Extra;
  /** No conversion in JSON bodies: false by default. */
  strict?: boolean;
  /** `redirect` (the default) answers `/items` with 307 to `/items/` where only that exists, and the reverse. */
  trailingSlash?: 'redirect' | 'ignore' | 'strict';
  /** The path a proxy strips before requests arrive. */
  rootPath?: string;
  /** Proxies whose `X-Forwarded-*` headers are believed: none by default. */
  trustProxy?: boolean | string | readonly string[];
  /** Hosts that redirects and generated addresses may name. */
  allowedHosts?: readonly string[];
  /**
   * Limits of forms: 10 MiB a file, 100 MiB all files of a request, 100 files, 100 fields, 64 KiB a field by default; files do not count
   * against `bodyLimit`. A file of more than 1 MiB is kept in `directory`, by default that of the system for temporary files.
   */
  uploads?: {
    fileSize?: number;
    totalSize?: number;
    files?: number;
    fields?: number;
    fieldSize?: number;
    directory?: string;
  };
  /**
   * Seconds: headers 10, the whole request 30, the handler 30 (then 503 and an aborted signal; a stream has begun by then),
   * keep-alive 72, the start of each singleton and of the lifespan 30, closing the server 30 by default. What holds up all requests for longer than `blocked` (0.1; 0: not watched, as in tests) is logged with its operation.
   */
  timeouts?: {
    headers?: number;
    request?: number;
    handler?: number;
    keepAlive?: number;
    startup?: number;
    shutdown?: number;
    blocked?: number;
  };
  /** Handshakes from the own host and the origins of `cors()` unless `origins` says otherwise; 64 KiB a message; 1 MiB waiting for a client that reads too slowly; a heartbeat every 30 s. */
  webSockets?: {
    origins?: '*' | readonly (string | RegExp)[];
    maxMessage?: number;
    maxBuffered?: number;
    heartbeat?: number;
  };
  /** JSON lines in production, readable lines on a terminal, silent in tests by default. */
  logger?: FastifyServerOptions['logger'];
  /** Where health is answered: `/livez` and `/readyz` by default. */
  health?: boolean | HealthOptions;
  /** Sends the trace of an unhandled error; never for production. */
  debug?: boolean;
  /** `decorators` allows a start without the types side-car; every field and parameter then needs a decorator with a type. */
  types?: 'required' | 'decorators';
  fastify?: FastifyServerOptions;
}

export interface IncludeOptions extends Shared {
  prefix?: string;
  /** The host that requests have to name: with every port unless it has one. */
  host?: string | RegExp;
}
/** Where something is mounted. */
export interface MountOptions {
  /** What `urlFor` puts before the names of a mounted application: `'admin:read_user'`. */
  name?: string;
  /** The host that requests have to name: with every port unless it has one. */
  host?: string | RegExp;
}
export interface BuildOptions {
  overrides?: readonly Override[];
  /** What settings are read from: `process.env` by default. */
  env?: Readonly<Record<string, string | undefined>>;
  /** Processes that serve the application: what only one of several would know is refused. More than one in a worker of `node:cluster`, else 1. */
  workers?: number;
  /** For tests: what may be used only where an override stands for it, such as the database. */
  forbidUnmocked?: readonly Needs[];
}
/** 127.0.0.1 and `PORT` or 8000 by default; rejects with the process that holds the port named where that can be known. */
export interface ListenOptions
  extends BuildOptions, Pick<VivaceOptions, 'rootPath' | 'trustProxy'> {
  host?: string;
  port?: number;
  /** A Unix socket instead of host and port. */
  socket?: string;
  signal?: AbortSignal;
  handleSignals?: boolean;
  /** Seconds that closing may take, in place of `timeouts.shutdown`. */
  grace?: number;
}
export interface StaticOptions {
  /** Serves `index.html` for a directory, and `404.html` with status 404 for what is missing; true where there is a `fallback`. */
  html?: boolean;
  /** The file sent when a browser asks for a page that does not exist: makes a single-page application. `404.html` is sent with status 404. */
  fallback?: string;
  /** Seconds for which browsers keep a file; pages are asked for anew each time. */
  maxAge?: number;
  /** The name `urlFor` knows, with the parameter `path`. */
  name?: string;
}
export interface HealthOptions {
  live?: string;
  ready?: string;
  checks?: Readonly<Record<string, Needs>>;
}
export type Lifespan<State> =
  | (() => AsyncGenerator<State, unknown, unknown> | Generator<State, unknown, unknown>)
  | Dependency<State>;

/** One method and path that an application answers, for tools. */
export interface RouteInfo {
  /** `WEBSOCKET` of a WebSocket. */
  readonly method: string;
  readonly path: string;
  /** The host that is asked for, or the source of its pattern; null: any. */
  readonly host: string | null;
  /** Of several that `Accept-Version` chooses from; null for one that is alone. */
  readonly apiVersion: string | null;
  /** What `urlFor` knows it by. */
  readonly name: string;
  readonly operationId: string | null;
  /** `ItemsController.read`. */
  readonly handler: string;
  readonly file: string | null;
  readonly line: number | null;
  readonly inputs: readonly RouteInput[];
  readonly dependencies: readonly string[];
  /** The outermost first; a function without a name is `middleware`. */
  readonly middleware: readonly string[];
  /** Schemes, with their scopes in brackets. */
  readonly security: readonly string[];
  /** Of a success. */
  readonly status: number;
  /** The response model, as TypeScript writes it. */
  readonly response: string | null;
  readonly tags: readonly string[];
  readonly deprecated: boolean;
  /** Whether the document leaves it out. */
  readonly hidden: boolean;
}

/** A value that a request carries, also one that a dependency reads. */
export interface RouteInput {
  /** `path`, `query`, `header`, `cookie`, `body`, `form` or `file`. */
  readonly source: string;
  /** On the wire. */
  readonly name: string;
  /** As TypeScript writes it. */
  readonly type: string;
  readonly required: boolean;
  /** What happens to fields that its DTO does not have; null where it is none. */
  readonly extra: Extra | null;
}

/** A built application. */
export interface Server<State = unknown> extends AsyncDisposable {
  /** What the lifespan yielded. */
  readonly state: State;
  readonly fastify: FastifyInstance;
  /** Where it listens, or null if it does not. */
  readonly url: string | null;
  run<T>(job: Dependency<T>): Promise<T>;
  /** The OpenAPI document, of one version or for one host if they are named. */
  openapi(view?: DocumentView): OpenAPIDocument;
  urlFor(name: string, params?: Readonly<Record<string, string | number>>): string;
  /** Finishes running requests and background tasks, then closes singletons and lifespan in reverse order. */
  close(): Promise<void>;
}
