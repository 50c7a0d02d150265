import type { FastifyBaseLogger, FastifyServerOptions } from 'fastify';
import type { DocsOptions } from './docs-options';
import type { Contact, ExternalDocs, License, ServerInfo, Tag } from '../openapi';
import type { Class, Extra } from '../class';
import type { Dependency, Needs } from '../provided';
import type { Extension } from '../extension';
import type { Provision } from '../provide';
import type { LayerOptions } from './layer-options';

/** Whether an inferred return type counts as a written one. */
export type ResponseModels = 'inferred' | 'written';

/** What an application consists of and how it behaves. */
export interface VivaceOptions<State = unknown> extends LayerOptions {
  /** The controllers whose operations it answers; `include` adds more. */
  readonly controllers?: readonly Class[];
  /**
   * Opened when the server starts and closed when it ends: a generator, whose yielded value is
   * `server.state`, or a dependency.
   */
  readonly lifespan?: Lifespan<State>;
  /** Which class, dependency or function stands for an abstract class: `provide(Mailer, Smtp)`. */
  readonly provide?: readonly Provision[];
  /** What packages add: `extensions: [database({ entities: [Hero] })]`. */
  readonly extensions?: readonly Extension[];

  /**
   * The name of the API, in the document.
   * @default `Vivace`
   */
  readonly title?: string;
  /** One line about the API, in the document. */
  readonly summary?: string;
  /** A text about the API in Markdown, in the document. */
  readonly description?: string;
  /**
   * The version of the API, in the document.
   * @default `0.1.0`
   */
  readonly version?: string;
  /** The address of the terms of service, in the document. */
  readonly termsOfService?: string;
  /** Whom users of the API can write to, in the document. */
  readonly contact?: Contact;
  /** The licence of the API, in the document. */
  readonly license?: License;
  /** Where the API is served, in the document. */
  readonly servers?: readonly ServerInfo[];
  /** Descriptions of tags; the document has the tags in this order. */
  readonly tagsMetadata?: readonly Tag[];
  /** A link to more documentation, in the document. */
  readonly externalDocs?: ExternalDocs;
  /** Controllers whose operations are documented as webhooks and never served. */
  readonly webhooks?: readonly Class[];
  /** Where the document and its pages are served; `false` serves none. */
  readonly docs?: false | DocsOptions;

  /**
   * The body of error answers: `{"detail": …}`, or problem details by RFC 9457. `limit` is how many
   * issues a
   * 422 shows at most.
   * @default `'detail'`, 20 issues
   */
  readonly errors?:
    'detail' | 'problem' | { readonly format?: 'detail' | 'problem'; readonly limit?: number };
  /**
   * What happens to fields of a body that its DTO does not declare.
   * @default `'ignore'`
   */
  readonly extra?: Extra;
  /**
   * Whether JSON bodies are read without conversion, so that `"3"` is no number.
   * @default `false`
   */
  readonly strict?: boolean;
  /**
   * What happens where only the other of `/items` and `/items/` exists: `redirect` answers 307,
   * `ignore` takes
   * both for the same, `strict` answers 404.
   * @default `'redirect'`
   */
  readonly trailingSlash?: 'redirect' | 'ignore' | 'strict';
  /**
   * Which return types of handlers are response models: those that the checker infers too, or only those that are `written`.
   * @default `'inferred'`
   */
  readonly responseModels?: ResponseModels;
  /** The path that a proxy strips before requests arrive, such as `/api`. */
  readonly rootPath?: string;
  /**
   * The proxies whose `X-Forwarded-*` headers are believed: addresses, networks, or `true` for all.
   * @default none
   */
  readonly trustProxy?: boolean | string | readonly string[];
  /**
   * The hosts that redirects and generated addresses may name.
   * @default `localhost`, `127.0.0.1`, `[::1]`, `testserver`
   */
  readonly allowedHosts?: readonly string[];
  /** Limits of forms. Files do not count against `bodyLimit`. */
  readonly uploads?: {
    /**
     * Bytes of one file.
     * @default 10 MiB
     */
    readonly fileSize?: number;
    /**
     * Bytes of all files of a request.
     * @default 100 MiB
     */
    readonly totalSize?: number;
    /**
     * Number of files.
     * @default 100
     */
    readonly files?: number;
    /**
     * Number of fields.
     * @default 100
     */
    readonly fields?: number;
    /**
     * Bytes of one field.
     * @default 64 KiB
     */
    readonly fieldSize?: number;
    /**
     * Where files of more than 1 MiB are kept until the request has ended.
     * @default that of the system for temporary files
     */
    readonly directory?: string;
  };
  /** Time limits in seconds. */
  readonly timeouts?: {
    /**
     * For the headers of a request to arrive.
     * @default 10
     */
    readonly headers?: number;
    /**
     * For a whole request to arrive; then it is 408.
     * @default 30
     */
    readonly request?: number;
    /**
     * Without a byte of a body that is waited for (408), or of an answer that the client takes (the connection is closed).
     * @default 30
     */
    stall?: number;
    /**
     * For guards, dependencies and the handler, until an answer begins, without the time in which the body arrives; then it is 503,
     * and the signal of the request is aborted.
     * @default 30
     */
    readonly handler?: number;
    /**
     * How long an idle connection stays open.
     * @default 72
     */
    readonly keepAlive?: number;
    /**
     * For each singleton and the lifespan to open.
     * @default 30
     */
    readonly startup?: number;
    /**
     * For requests and background tasks to end when the server closes.
     * @default 30
     */
    readonly shutdown?: number;
    /**
     * What holds up all other requests for longer is logged with its operation; 0 does not watch.
     * @default 0.1; 0 in tests
     */
    readonly blocked?: number;
  };
  /** Limits of WebSockets. */
  readonly webSockets?: {
    /**
     * The origins whose pages may open one.
     * @default the own host and the origins of `cors()`
     */
    readonly origins?: '*' | readonly (string | RegExp)[];
    /**
     * Bytes of one message.
     * @default 64 KiB
     */
    readonly maxMessage?: number;
    /**
     * Bytes that may wait for a client that reads too slowly.
     * @default 1 MiB
     */
    readonly maxBuffered?: number;
    /**
     * Seconds between two pings.
     * @default 30
     */
    readonly heartbeat?: number;
  };
  /**
   * A logger such as `pino(…)`, what Fastify makes one of, or `false`.
   * @default JSON lines in production, readable lines on a terminal, none in tests
   */
  readonly logger?: FastifyServerOptions['logger'] | FastifyBaseLogger;
  /**
   * Whether and where health is answered.
   * @default `/livez` and `/readyz`
   */
  readonly health?: boolean | HealthOptions;
  /**
   * Whether the answer to an unhandled error shows its trace: for development only.
   * @default `false`
   */
  readonly debug?: boolean;
  /**
   * `decorators` starts without the side-car of types: then every field and parameter needs a
   * decorator with a
   * type.
   * @default `'required'`
   */
  readonly types?: 'required' | 'decorators';
  /** Options of Fastify itself, for what has none here. */
  readonly fastify?: FastifyServerOptions;
}

/** Where health is answered, and what it depends on. */
export interface HealthOptions {
  /**
   * The path that says that the process answers.
   * @default `/livez`
   */
  readonly live?: string;
  /**
   * The path that says whether the server wants requests.
   * @default `/readyz`
   */
  readonly ready?: string;
  /**
   * Dependencies by name: the server is ready if each of them gives a value without an error. One that
   * throws `HealthWarning` is shown with `warning`, and the server is ready.
   */
  readonly checks?: Readonly<Record<string, Needs>>;
}

/** A generator that opens something and closes it after its `yield`, or a dependency. */
export type Lifespan<State> =
  | (() => AsyncGenerator<State, unknown, unknown> | Generator<State, unknown, unknown>)
  | Dependency<State>;
