import type { ExitScopeName } from '../declare/options/dependency-options';
import type { Node } from '../model/node';
import type { ResponsePlan } from '../model/model';
import type { Class } from '../declare/class';

/** A request as it arrived; Fastify's request is one. */
export interface Incoming {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly raw: { readonly rawHeaders: readonly string[] };
}

/** The values of a form, a query, headers or cookies by name. */
export interface Values<T = string> {
  /** The value that counts where one is asked for. */
  get(name: string): T | undefined;
  all(name: string): readonly T[];
  names(): Iterable<string>;
}

/** What one request has beyond its inputs; made only for operations whose plan needs some of it. */
export interface Exchange {
  readonly request: unknown;
  readonly reply: unknown;
  /** Of a handshake. */
  readonly socket?: unknown;
  readonly tasks: unknown;
  readonly signal: AbortSignal;
  readonly session: unknown;
  /** Of a run outside HTTP: the value of a placeholder or part. */
  given?(key: object): unknown;
  /** The body: parsed JSON, else text or bytes, undefined where there is none; the `Values` of a form; or a promise of that. */
  body(): unknown;
  /** Calls a function with the body: at once where it is there, else when one begins to wait for what it gives. */
  withBody(use: (body: unknown) => unknown): unknown;
  /** Lets middleware that gives answers again have its say; `marks` are those of the plan. */
  replay(marks: () => Marks, handler: () => unknown): Promise<unknown>;
  /** Starts a generator, gives what it yields, or a promise of that, and keeps it to be closed. */
  enter(generator: object, scope: ExitScopeName): unknown;
  /** Whether something that was opened has to settle before the answer is written. */
  readonly isUnsettled: boolean;
  /** Settles what was opened, the last opened first. */
  settle(): Promise<void>;
  /** Closes what belongs to the handler, unless the answer still streams. */
  leave<T>(answer: T): T | Promise<T>;
  /** Closes everything after an error, which is thrown in; gives the error that goes on. */
  fail(error: unknown): Promise<unknown>;
}

/** What was sent, as far as it tells one request from another. */
export interface Marks {
  readonly inputs: readonly unknown[];
  readonly caller: readonly unknown[];
}

/** What the printed functions take from the server they belong to. */
export interface Runtime {
  /** The values of the singletons; empty where only the source text is wanted. */
  readonly singletons: ReadonlyMap<Node, unknown>;
  readonly rooms: unknown;
  /** The class of the answers that are sent as they are. */
  readonly Response: Class;
  /** The response of a class that a handler's value becomes. */
  respond(type: Function, content: unknown, status: number): object;
  /** The response that an object is sent as without becoming JSON, if it is. */
  raw(value: object, plan: ResponsePlan): object | undefined;
  /** The response that items become, one by one. */
  stream(items: unknown, plan: ResponsePlan, write: ItemWriters): object;
}

/** How what a stream gives is written as JSON. */
export interface ItemWriters {
  readonly item: (item: unknown) => string | Promise<string>;
  /** The data of a server-sent event. */
  readonly data: (data: unknown) => string | Promise<string>;
}
