import type { FastifyInstance } from 'fastify';
import type { DocumentView, OpenAPIDocument } from './openapi';
import type { Extra } from './class';
import type { Dependency } from './provided';

/** A built application. */
export interface Server<State = unknown> extends AsyncDisposable {
  /** What the lifespan yielded. */
  readonly state: State;
  /** The instance of Fastify that serves it. */
  readonly fastify: FastifyInstance;
  /** The address it listens on; null: it does not listen. */
  readonly url: string | null;
  /** Runs a dependency outside a request, with the singletons of this server. */
  run<T>(job: Dependency<T>): Promise<T>;
  /** The OpenAPI document; `view` chooses a version or host where there are several. */
  openapi(view?: DocumentView): OpenAPIDocument;
  /** The path of a route with these parameters. */
  urlFor(name: string, params?: Readonly<Record<string, string | number>>): string;
  /**
   * Takes no more connections, and says so at `/readyz`; those that are open go on. `close()` does
   * this first. Where several processes share a port, all of them do it before one of them closes,
   * so that no client comes back to a port that is about to be closed.
   *
   * @param close closes the listening socket, where another process holds it
   */
  refuseConnections(close?: () => Promise<void>): Promise<void>;
  /**
   * Waits for running requests and background tasks, then closes singletons and lifespan in reverse
   * order.
   */
  close(): Promise<void>;
}

/** One method and path that an application answers, for tools. */
export interface RouteInfo {
  /** The method, or `WEBSOCKET`. */
  readonly method: string;
  /** The path with its parameters: `/items/:item_id`. */
  readonly path: string;
  /** The host that requests have to name, or the source of its pattern; null: any. */
  readonly host: string | null;
  /** The version that `Accept-Version` has to name; null: there are no versions. */
  readonly apiVersion: string | null;
  /** The name that `urlFor` knows it by. */
  readonly name: string;
  /** Its id in the document; null: a WebSocket. */
  readonly operationId: string | null;
  /** Class and method: `ItemsController.read`. */
  readonly handler: string;
  /** The file of the handler, if it is known. */
  readonly file: string | null;
  /** The line of the handler, if it is known. */
  readonly line: number | null;
  /** The extension that it comes from; null: the program. */
  readonly extension: string | null;
  /** What is read from a request. */
  readonly inputs: readonly RouteInput[];
  /** The names of the dependencies that it needs. */
  readonly dependencies: readonly string[];
  /** The names of middleware, the outermost first; `middleware` for a function without a name. */
  readonly middleware: readonly string[];
  /** Security schemes, with their scopes in brackets. */
  readonly security: readonly string[];
  /** The status of a success. */
  readonly status: number;
  /** The response model, as TypeScript writes it; null: none. */
  readonly response: string | null;
  /** Its tags in the document. */
  readonly tags: readonly string[];
  /** Whether the document says that it is deprecated. */
  readonly deprecated: boolean;
  /** Whether the document leaves it out. */
  readonly hidden: boolean;
}

/** A method that something other than HTTP calls, for tools. */
export interface EntryInfo {
  /** What calls it, in capitals: `EVENT`, `JOB`. */
  readonly kind: string;
  /** What it is called for, such as a topic; null: nothing says so. */
  readonly name: string | null;
  /** Class and method: `Billing.bill`. */
  readonly handler: string;
  /** The file of the method, if it is known. */
  readonly file: string | null;
  /** The line of the method, if it is known. */
  readonly line: number | null;
  /** The extension that it comes from. */
  readonly extension: string;
  /** The type of its payload, as TypeScript writes it; null: it has none. */
  readonly payload: string | null;
  /** The names of the dependencies that it needs. */
  readonly dependencies: readonly string[];
}

/** A value that a request carries, also one that a dependency reads. */
export interface RouteInput {
  /** `path`, `query`, `header`, `cookie`, `body`, `form` or `file`. */
  readonly source: string;
  /** Its name on the wire. */
  readonly name: string;
  /** Its type, as TypeScript writes it. */
  readonly type: string;
  /** Whether a request has to have it. */
  readonly required: boolean;
  /** What happens to fields that its DTO does not declare; null: it is no DTO. */
  readonly extra: Extra | null;
}
