import type { MiddlewareDocs, ThrownDocs } from '../declare/value-facts';
import type {
  AdditionalResponse,
  Middleware,
  ResponseClass,
} from '../declare/options/layer-options';
import type { Method } from '../declare/options/operation-options';
import type { Class } from '../declare/class';
import type { Where } from '../errors/where';
import type { Schema } from '../schema/schema';
import type { WantedDigits } from '../validate/digits';
import type { FieldFilter } from '../declare/options/field-filter';
import type { ExceptionRule, InnermostOptions } from './layers';
import type { BodyInput, Credentials, Node } from './node';

/** The frozen application: what `compile` and `openapi` read. */
export interface AppModel {
  readonly operations: readonly Operation[];
  readonly sockets: readonly SocketOperation[];
  readonly webhooks: readonly Operation[];
  /** What all of these read, answer with or document, with all inside it, each once. */
  readonly schemas: readonly Schema[];
  readonly entries: readonly EntryPoint[];
  /** In the order in which they are opened; closed in reverse. */
  readonly singletons: readonly Node[];
  /** The singleton where middleware keeps its data that names no store. */
  readonly store: Node | undefined;
  /** The lifespan as a singleton node, if there is one. */
  readonly lifespan: Node | undefined;
  /** What has to work for the application to be ready, by name: each is a job outside HTTP. */
  readonly checks: Readonly<Record<string, Node>>;
  /** What has to agree before the document and its pages are shown. */
  readonly docsGuard: Guard | undefined;
  /** What has to agree before something is answered that is no path operation, by what the program recorded of its place. */
  readonly guards: ReadonlyMap<object, Guard>;
  /** The same for the routes of plain Fastify plugins, which are known later: not checked yet. */
  readonly pluginGuard: Guard | undefined;
  /** Exception handlers of the application, for errors outside path operations (404, 405). */
  readonly exceptions: readonly ExceptionRule[];
  readonly types: { readonly mode: 'full' | 'decorators'; readonly definitions: number };
}

/** Dependencies that run before something that is no path operation. */
export interface Guard {
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
  /** The extension that it comes from. */
  readonly extension: string | undefined;
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
  readonly middleware: readonly Middleware[];
  /** Whether some of it gives answers again. */
  readonly replays: boolean;
  /** What the innermost layer says; what none says is as the application does it. */
  readonly options: InnermostOptions;
  readonly where: Where;
}

export interface SocketOperation {
  readonly path: string;
  readonly wildcard: string | undefined;
  readonly host: RegExp | undefined;
  /** The extension that it comes from. */
  readonly extension: string | undefined;
  readonly name: string;
  readonly effects: readonly Node[];
  readonly root: Node;
  readonly security: readonly SecurityUse[];
  /** The nearest first. */
  readonly exceptions: readonly ExceptionRule[];
  /** The outermost first; it sees the handshake. */
  readonly middleware: readonly Middleware[];
  readonly where: Where;
}

/** A method that is called by something other than HTTP. */
export interface EntryPoint {
  readonly kind: string;
  /** `Billing.bill`. */
  readonly name: string;
  /** `EVENT orders`. */
  readonly title: string;
  readonly options: object;
  /** Classes of which each call brings an instance. */
  readonly parts: readonly Class[];
  readonly root: Node;
  /** What runs before the method's own inputs, for its effect. */
  readonly effects: readonly Node[];
  readonly body: Body | undefined;
  readonly payload: BodyInput | undefined;
  /** What it gives; undefined where its type says nothing of that. */
  readonly result: Schema | undefined;
  /** The extension that it comes from. */
  readonly extension: string;
  readonly where: Where;
}

/** How the body of an operation is read, settled over all its nodes. */
export interface Body {
  readonly kind: 'json' | 'form' | 'multipart';
  /** What the places of its issues begin with. */
  readonly place: 'body' | 'payload';
  /** All body inputs of the graph in the order of the document (the handler's own first), each wire name once. */
  readonly inputs: readonly BodyInput[];
  /** Whether the inputs are keys of one object; false: the only input is the whole body. */
  readonly keyed: boolean;
  /** What inputs want of the digits of numbers as they were sent; undefined: nothing. */
  readonly digits: WantedDigits | undefined;
  readonly media: string;
  /** False when every input may be absent. */
  readonly required: boolean;
}

export interface ResponsePlan {
  readonly status: number;
  readonly description: string;
  readonly schema: Schema | undefined;
  /** Why the inferred return type makes no model. */
  readonly unread: string | undefined;
  readonly kind: 'json' | 'lines' | 'events' | 'chunks';
  /** The response class, where one was given. */
  readonly type: ResponseClass | undefined;
  readonly media: string | null;
  /** Whether the handler returns bytes, or what gives them, which are sent as they are. */
  readonly raw: 'no' | 'may' | 'only';
  readonly filter: FieldFilter;
  /** Of events: whether the data of a `ServerSentEvent` may be anything, because its type says so. */
  readonly freeEvents: boolean;
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

export interface ResponseDocs extends Omit<AdditionalResponse, 'response'> {
  readonly schema?: Schema;
}

export interface SecurityUse extends Credentials {
  readonly scopes: readonly string[];
}
