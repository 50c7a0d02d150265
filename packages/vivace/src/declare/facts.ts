import type { Where } from '../errors/where';
import type { Class, Extra, TextFormat } from './class';
import type { Notes } from './rules';

/*
 * Facts: what the decorators and functions of the public API record, as plain data, and nothing else.
 * Facts of a class are read with `declarationOf(Class)`, facts of a value (an input, a dependency, a type token) with `factsOf(value)`.
 */

export type Source = 'path' | 'query' | 'header' | 'cookie' | 'body' | 'form' | 'file';

/** `Query(int, { ge: 1 })`. */
export interface InputFacts {
  readonly kind: 'input';
  readonly source: Source;
  /** The name on the wire given as first argument or as `alias`. */
  readonly alias: string | undefined;
  /** The type value (`int`, `[String]`, `oneOf(...)`, a class); undefined: the declared type counts. */
  readonly type: unknown;
  readonly options: InputOptionsFacts;
}
export interface RulesFacts {
  readonly gt?: unknown;
  readonly ge?: unknown;
  readonly lt?: unknown;
  readonly le?: unknown;
  readonly multipleOf?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: RegExp;
  readonly maxDigits?: number;
  readonly decimalPlaces?: number;
  readonly past?: true;
  readonly future?: true;
  readonly offset?: boolean;
  readonly allowInfNan?: boolean;
  readonly strict?: boolean;
  readonly discriminator?: string | ((value: unknown) => string | undefined);
}
export interface InputOptionsFacts extends RulesFacts, Notes {
  readonly hidden?: boolean;
  readonly default?: unknown;
  readonly optional?: boolean;
  readonly nullable?: boolean;
  readonly openapiExamples?: Readonly<Record<string, unknown>>;
  readonly convertNames?: boolean;
  readonly embed?: boolean;
  readonly media?: string | readonly string[];
  readonly maxSize?: number;
  readonly groups?: readonly string[];
}

/** `dependency({ … }, fn, options)`. */
export interface DependencyFacts {
  readonly kind: 'dependency';
  readonly call: Function;
  /** Needs by name; undefined for `dependency(fn)`. */
  readonly inputs: Readonly<Record<string, unknown>> | undefined;
  readonly lifetime: 'call' | 'request' | 'singleton';
  readonly scope: 'function' | 'request';
  /** The errors that it says it throws. */
  readonly throws: readonly unknown[];
  /** The option `name`, else the variable's from the hidden id, else the function's. */
  readonly name: string;
  /** Of the side-car, such as `shop/src/db.ts#session`; undefined where the compiler did not see the call. */
  readonly id: string | undefined;
  readonly where: Where;
}
/** `Depends(x, …)` and `Security(x, scopes, …)`. */
export interface UseFacts {
  readonly kind: 'use';
  readonly of: unknown;
  readonly cache: boolean;
  /** Undefined: the dependency's own. */
  readonly scope: 'function' | 'request' | undefined;
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
/** `int`, `uuid`, `unknown`, `oneOf(...)`. */
export interface TokenFacts {
  readonly kind: 'token';
  readonly token: 'int' | TextFormat | 'bytes' | 'unknown' | 'oneOf';
  /** Of `oneOf`. */
  readonly choices?: readonly unknown[];
}
/** `provide(Abstract, by)`. */
export interface ProvisionFacts {
  readonly kind: 'provision';
  readonly target: Class;
  readonly by: unknown;
}
/** `override(target, by)`. */
export interface OverrideFacts {
  readonly kind: 'override';
  readonly target: unknown;
  readonly by: unknown;
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
  /** Where it keeps what outlives a request. */
  readonly store?: { readonly shared: boolean };
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
  | UseFacts
  | SchemeFacts
  | TokenFacts
  | ProvisionFacts
  | OverrideFacts
  | HandlerFacts
  | MiddlewareFacts;

/** A parameter that carries an input or a use; a property that carries an input is a field. */
export interface MarkFacts {
  /** The method; undefined for the constructor. */
  readonly method: string | undefined;
  readonly index: number;
  readonly mark: InputFacts | UseFacts;
}
export interface OperationFacts {
  readonly key: string;
  readonly methods: readonly string[];
  readonly path: string;
  /** `OperationOptions` of the public API, as given. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Where the decorator was called, from the stack; the side-car knows better. */
  readonly where: Where;
}
export interface SocketFacts {
  readonly key: string;
  readonly path: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly where: Where;
}
export interface ModelFacts extends Notes {
  readonly name?: string;
  readonly extra?: Extra;
  readonly strict?: boolean;
  readonly alias?: 'camel' | 'pascal' | 'snake' | ((field: string) => string);
  readonly byName?: boolean;
  readonly trim?: boolean;
}
export interface FieldFacts extends RulesFacts, Notes {
  readonly key: string;
  readonly type?: unknown;
  readonly alias?: string | { readonly in?: string | readonly string[]; readonly out?: string };
  readonly exclude?: boolean;
  readonly hidden?: boolean;
  /** Where a marked property comes from. */
  readonly source?: Source;
  /** It decorates a getter. */
  readonly accessor: boolean;
}
export interface FieldValidatorFacts {
  readonly key: string;
  readonly fields: readonly string[];
  readonly mode: 'after' | 'before';
}
export interface ModelValidatorFacts {
  readonly key: string;
  readonly mode: 'after' | 'before';
}

/** Everything that was written about one class; own facts only, frozen. */
export interface ClassFacts {
  readonly controller?: {
    readonly prefix: string;
    readonly options: Readonly<Record<string, unknown>>;
  };
  readonly injectable?: { readonly lifetime: 'call' | 'request' | 'singleton' };
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly model?: ModelFacts;
  readonly operations: readonly OperationFacts[];
  readonly sockets: readonly SocketFacts[];
  /** Methods with `@Public()`. */
  readonly publics: readonly string[];
  /** Of a method; without a key, of the class. */
  readonly throws: readonly {
    readonly key: string | undefined;
    readonly errors: readonly unknown[];
  }[];
  readonly marks: readonly MarkFacts[];
  readonly fields: readonly FieldFacts[];
  readonly fieldValidators: readonly FieldValidatorFacts[];
  readonly modelValidators: readonly ModelValidatorFacts[];
  /** Where a class decorator of ours was called. */
  readonly where?: Where;
}
