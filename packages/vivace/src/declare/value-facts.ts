import type { Where } from '../errors/where';
import type { Class, TextFormat, Thrown } from './class';
import type { ExitScopeName, Lifetime } from './options/dependency-options';
import type { Occasion } from './occasion';
import type { AnyInputOptions } from './options/input-options';
import type { Dependency, Needs, Substitute } from './provided';
import type { Choice, Type } from './type';

/*
 * Facts of values: what an input, a dependency or a type token of the public API stands for, as plain data.
 */

export type Source = 'path' | 'query' | 'header' | 'cookie' | 'body' | 'form' | 'file';

/** `Query(int, { ge: 1 })`. */
export interface InputFacts {
  readonly kind: 'input';
  readonly source: Source;
  /** The name on the wire given as first argument or as `alias`. */
  readonly alias: string | undefined;
  /** The type value (`int`, `[String]`, `oneOf(...)`, a class); undefined: the declared type counts. */
  readonly type: Type | undefined;
  readonly options: AnyInputOptions;
}

/** `dependency({ … }, fn, options)`. */
export interface DependencyFacts {
  readonly kind: 'dependency';
  readonly call: Function;
  /** Needs by name; undefined for `dependency(fn)`. */
  readonly inputs: Readonly<Record<string, Needs>> | undefined;
  readonly lifetime: Lifetime;
  readonly scope: ExitScopeName;
  /** Undefined: with what needs it. */
  readonly opens: 'early' | undefined;
  /** What `explain` says of it; undefined: its code says all. */
  readonly explain: ((occasion: Occasion) => string) | undefined;
  /** The errors that it says it throws. */
  readonly throws: readonly Thrown[];
  /** The option `name`, else the variable's from the hidden id, else the function's. */
  readonly name: string;
  /** Of the side-car, such as `shop/src/db.ts#session`; undefined where the compiler did not see the call. */
  readonly id: string | undefined;
  readonly where: Where;
}
/** `placeholder('message')`. */
export interface PlaceholderFacts {
  readonly kind: 'placeholder';
  readonly name: string;
  readonly where: Where;
}
/** `given(message, value)`. */
export interface GivenFacts {
  readonly kind: 'given';
  /** The placeholder. */
  readonly of: object;
  readonly value: unknown;
}
/** `Depends(x, …)` and `Security(x, scopes, …)`. */
export interface UseFacts {
  readonly kind: 'use';
  readonly of: Needs;
  readonly cache: boolean;
  /** Undefined: the dependency's own. */
  readonly scope: ExitScopeName | undefined;
  readonly security: boolean;
  readonly scopes: readonly string[];
}
/** A security scheme, or several of which one is enough. */
export interface SchemeFacts {
  readonly kind: 'scheme';
  readonly name: string;
  readonly schemes: readonly SchemeDocs[];
  readonly optional: boolean;
  /** Gives the credentials of a request; undefined: there are none. Throws the 401 for those that cannot be read. */
  readonly find: (request: CredentialSource) => unknown;
  /** The same, but without credentials it throws the 401 unless they are optional. */
  readonly read: (request: CredentialSource) => unknown;
}
export interface SchemeDocs {
  readonly name: string;
  /** The security scheme object of the document. */
  readonly document: Readonly<Record<string, unknown>>;
}
/** The parts of a request or a WebSocket handshake that carry credentials. */
export interface CredentialSource {
  /** The headers. */
  readonly headers: Headers;
  /** The query. */
  readonly query: URLSearchParams;
  /** The cookies by name. */
  readonly cookies: Readonly<Record<string, string>>;
}
/** `int`, `uuid`, `unknown`, `oneOf(...)`, `listOf(T)`, `pageOf(T)`. */
export interface TokenFacts {
  readonly kind: 'token';
  readonly token: 'int' | TextFormat | 'bytes' | 'unknown' | 'oneOf' | 'listOf' | 'pageOf';
  /** Of `oneOf`. */
  readonly choices?: readonly Choice[];
  /** Of `listOf` and `pageOf`. */
  readonly of?: Type;
}
/** `provide(Abstract, by)`. */
export interface ProvisionFacts {
  readonly kind: 'provision';
  readonly target: Class<unknown>;
  readonly by: Substitute<unknown>;
  /** What stands for it where a singleton needs it. */
  readonly singletons?: Dependency<unknown>;
}
/** `override(target, by)`. */
export interface OverrideFacts {
  readonly kind: 'override';
  readonly target: Needs;
  readonly by: Substitute<unknown>;
}
/** `on(NotFound, handle)`. */
export interface HandlerFacts {
  readonly kind: 'handler';
  readonly on: Class<Error> | number;
  readonly handle: Function;
}
/** `cors({ … })`: what is asked about a ready-made middleware; what it does is the function itself. */
export interface MiddlewareFacts {
  readonly kind: 'middleware';
  readonly name: string;
  /** Where it keeps what outlives a request; `application`: where the application says. */
  readonly store?: { readonly shared: boolean } | 'application';
  /** Of `cors`: WebSockets let the same origins in. */
  readonly origins?: '*' | readonly (string | RegExp)[];
  /** Of `deprecation`: the operations inside are documented as deprecated. */
  readonly deprecated?: boolean;
  /** What it adds to the document of the operations inside. */
  readonly docs?: MiddlewareDocs;
  /** Of what gives answers again, once guards have agreed and inputs are known. */
  readonly replays?: ReplayFacts;
}
export interface ReplayFacts {
  /** Whether an answer is for all who send the same, or for its caller only. */
  readonly by: 'inputs' | 'caller';
  readonly methods: readonly string[];
  /** Whether the program says itself whose answer one is. */
  readonly keyed: boolean;
}
/** Headers that a middleware reads, and errors that it answers with. */
export interface MiddlewareDocs {
  /** Those that it looks at; undefined: all. */
  readonly methods?: readonly string[];
  readonly headers?: Readonly<
    Record<
      string,
      { readonly required: boolean; readonly description: string; readonly schema: object }
    >
  >;
  readonly throws: Readonly<Record<number, ThrownDocs>>;
}
export interface ThrownDocs {
  readonly description: string | undefined;
  readonly headers?: Readonly<
    Record<string, { readonly description: string; readonly schema: object }>
  >;
}
export type Facts =
  | InputFacts
  | DependencyFacts
  | PlaceholderFacts
  | GivenFacts
  | UseFacts
  | SchemeFacts
  | TokenFacts
  | ProvisionFacts
  | OverrideFacts
  | HandlerFacts
  | MiddlewareFacts;

const VALUE = Symbol.for('vivace.facts');

/** What a value of the public API stands for; undefined for any other value. */
export function factsOf(value: unknown): Facts | undefined {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null)
    return undefined;
  return (value as { readonly [VALUE]?: Facts })[VALUE];
}

/** Lets a value stand for something; `T` is what the public API calls it. */
export function carry<T extends object>(value: object, facts: Facts): T {
  return Object.defineProperty(value, VALUE, { value: Object.freeze(facts) }) as T;
}
