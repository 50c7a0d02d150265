import type { MiddlewareDocs, SchemeDocs, ThrownDocs } from '../declare/facts';
import type { Where } from '../errors/where';
import type { Class, Schema } from '../schema/schema';
import type { BodyInput, Input } from './input-model';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD' | 'OPTIONS' | 'TRACE';
export type Lifetime = 'call' | 'request' | 'singleton';
export type ExitScope = 'function' | 'request';

/** The frozen application: what `compile` and `openapi` read. */
export interface AppModel {
  readonly operations: readonly Operation[];
  readonly sockets: readonly SocketOperation[];
  readonly webhooks: readonly Operation[];
  /** In the order in which they are opened; closed in reverse. */
  readonly singletons: readonly Node[];
  /** The lifespan as a singleton node, if there is one. */
  readonly lifespan: Node | undefined;
  /** What has to work for the application to be ready, by name: each is a job outside HTTP. */
  readonly checks: Readonly<Record<string, Node>>;
  /** What has to agree before the document and its pages are shown. */
  readonly docsGuard: DocsGuard | undefined;
  /** Exception handlers of the application, for errors outside path operations (404, 405). */
  readonly exceptions: readonly ExceptionRule[];
  readonly types: { readonly mode: 'full' | 'decorators'; readonly definitions: number };
}

/** Dependencies that run before something that is no path operation. */
export interface DocsGuard {
  readonly effects: readonly Node[];
  readonly root: Node;
  readonly where: Where;
}

/** Method and path with its handler and everything the handler needs. */
export interface Operation {
  readonly methods: readonly Method[];
  /** As the program writes it: `/items/:item_id`, `/files/*rest`. */
  readonly path: string;
  /** As the document writes it: `/items/{item_id}`. */
  readonly template: string;
  /** The name of what `*` at the end of the path matches. */
  readonly wildcard: string | undefined;
  /** What the requested host has to fit. */
  readonly host: RegExp | undefined;
  /** Of several operations of one path and method, each has its own. */
  readonly apiVersion: string | undefined;
  /** The method's name, or the option `name`. */
  readonly name: string;
  /** The operation id of each method; the first is that of the first method. */
  readonly id: string;
  /** Dependencies that run for their effect, outermost first, before the handler's own. */
  readonly effects: readonly Node[];
  /** The handler, as the last node of the graph; its first input is its controller. */
  readonly root: Node;
  readonly body: Body | undefined;
  readonly response: ResponsePlan;
  readonly docs: OperationDocs;
  /** Each scheme once, with all scopes it is used with; a request needs all that are not optional. */
  readonly security: readonly SecurityUse[];
  /** The nearest first: operation, controller, include, application. */
  readonly exceptions: readonly ExceptionRule[];
  /** The outermost first. */
  readonly middleware: readonly unknown[];
  /** In bytes; undefined: that of the application. */
  readonly bodyLimit: number | undefined;
  readonly strictContentType: boolean | undefined;
  readonly where: Where;
}

export interface SocketOperation {
  readonly path: string;
  readonly wildcard: string | undefined;
  readonly host: RegExp | undefined;
  readonly name: string;
  readonly effects: readonly Node[];
  readonly root: Node;
  readonly security: readonly SecurityUse[];
  /** The nearest first. */
  readonly exceptions: readonly ExceptionRule[];
  /** The outermost first; it sees the handshake. */
  readonly middleware: readonly unknown[];
  readonly where: Where;
}

/** Something callable whose inputs are known: a path operation, a dependency, a constructor, a scheme. Two uses that share a result are the same object. */
export interface Node {
  readonly kind: 'function' | 'method' | 'constructor' | 'scheme' | 'settings';
  /** For messages, the generated code and `explain`. */
  readonly name: string;
  /**
   * `function`: called with one object of its inputs by name (`style: 'object'`) or with none.
   * `method`: the function of the prototype, called on the first input with the others as arguments.
   * `constructor`: the class. `scheme`: called with the request. `settings`: the class, filled from the environment.
   */
  readonly call: Function;
  readonly inputs: readonly Input[];
  /** True: an async function. False: known to give its value at once. Else checked at each call. */
  readonly async: true | false | 'maybe';
  /** Whether it may give a generator object: true for generator functions, 'maybe' where it cannot be known. */
  readonly generator: true | false | 'maybe';
  readonly lifetime: Lifetime;
  readonly exitScope: ExitScope;
  /** Reached through `Security` or a scheme and free of body and form: resolved before the body is read. */
  readonly early: boolean;
  /** Of a scheme. */
  readonly credentials: Credentials | undefined;
  /** The security scopes required on the way to it. */
  readonly scopes: readonly string[];
  /** The errors that a dependency says it throws. */
  readonly throws?: readonly unknown[];
  readonly where: Where;
}

/** How the body of an operation is read, settled over all its nodes. */
export interface Body {
  readonly kind: 'json' | 'form' | 'multipart';
  /** All body inputs of the graph in the order of the document (the handler's own first), each wire name once. */
  readonly inputs: readonly BodyInput[];
  /** Whether the inputs are keys of one object; false: the only input is the whole body. */
  readonly keyed: boolean;
  readonly media: string;
  /** False when every input may be absent. */
  readonly required: boolean;
}

export interface ResponsePlan {
  readonly status: number;
  readonly description: string;
  readonly schema: Schema | undefined;
  readonly kind: 'json' | 'lines' | 'events' | 'chunks';
  /** The response class, where one was given. */
  readonly type: Class | undefined;
  readonly media: string | null;
  readonly filter: Filter;
  /** Of events: whether the data of a `ServerSentEvent` may be anything, because its type says so. */
  readonly freeEvents: boolean;
}

/** Which fields of a DTO are written. */
export interface Filter {
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly excludeUnset?: boolean;
  readonly excludeDefaults?: boolean;
  readonly excludeNone?: boolean;
  /** True unless said otherwise. */
  readonly byAlias?: boolean;
}

export interface OperationDocs {
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description: string | undefined;
  readonly deprecated: boolean;
  readonly hidden: boolean;
  /** By status text, merged outermost first. */
  readonly responses: Readonly<Record<string, ResponseDocs>>;
  /** The errors that the program says it throws, by status. */
  readonly throws: Readonly<Record<number, ThrownDocs>>;
  /** What the middleware around it adds, the outermost first. */
  readonly middleware: readonly MiddlewareDocs[];
  readonly callbacks: readonly Operation[];
  readonly openapiExtra: Readonly<Record<string, unknown>> | undefined;
}

export interface ResponseDocs {
  readonly schema?: Schema;
  readonly description?: string;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly content?: Readonly<Record<string, unknown>>;
}

/** What a request brings: the credentials of one of these schemes. */
export interface Credentials {
  readonly schemes: readonly SchemeDocs[];
  readonly optional: boolean;
}
export interface SecurityUse extends Credentials {
  readonly scopes: readonly string[];
}

export interface ExceptionRule {
  readonly on: Class<Error> | number;
  readonly handle: Function;
}

export type * from './input-model';
