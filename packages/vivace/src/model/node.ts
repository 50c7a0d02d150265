import type { SchemeDocs } from '../declare/value-facts';
import type { Thrown } from '../declare/class';
import type { Occasion } from '../declare/occasion';
import type { ExitScopeName, Lifetime } from '../declare/options/dependency-options';
import type { Where } from '../errors/where';
import type { Example, Notes } from '../declare/options/field-options';
import type { Class } from '../declare/class';
import type { Schema } from '../schema/schema';

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
  /** What the container makes for the constraints on its inputs, and of a handler on its answer. */
  readonly constraints?: readonly InjectedClass[];
  /** True: an async function. False: known to give its value at once. Else checked at each call. */
  readonly async: true | false | 'maybe';
  /** Whether it may give a generator object: true for generator functions, 'maybe' where it cannot be known. */
  readonly generator: true | false | 'maybe';
  readonly lifetime: Lifetime;
  readonly exitScope: ExitScopeName;
  /** Whether it stands between requests and the handler and is free of body and form: with what it needs it comes before the body. */
  readonly guard: boolean;
  /** Of a dependency that the program wants before the inputs are judged, though only the handler or a constructor needs it. */
  readonly opens?: 'early' | undefined;
  /** What a dependency says of itself beside its code. */
  readonly explain?: ((occasion: Occasion) => string) | undefined;
  /** Of a scheme. */
  readonly credentials: Credentials | undefined;
  /** The security scopes required on the way to it. */
  readonly scopes: readonly string[];
  /** The errors that a dependency says it throws. */
  readonly throws?: readonly Thrown[];
  readonly where: Where;
}

/** A class that the program names without asking for it, and where its instance comes from. */
export interface InjectedClass {
  readonly type: Class;
  readonly input: NodeInput;
}

/** What a request brings: the credentials of one of these schemes. */
export interface Credentials {
  readonly schemes: readonly SchemeDocs[];
  readonly optional: boolean;
}

/** One parameter's source. */
export type Input =
  ParameterInput | BodyInput | NodeInput | ContextInput | ConstantInput | GivenInput;

/** A value that a request carries. */
interface ValueInput {
  /** The parameter's name in the program. */
  readonly name: string;
  /** Its name on the wire (a header in lower case); for a model, the parameter's name. */
  readonly alias: string;
  readonly schema: Schema;
  readonly presence: 'required' | 'optional' | 'default';
  /** A fresh default for each request. */
  readonly makeDefault?: () => unknown;
  /** The default when it is a value that the document can show. */
  readonly default?: { readonly value: unknown };
  /** All values of its kind, or all fields of a form, as one DTO. */
  readonly model: boolean;
  /** Of a DTO: the groups of class-validator that count; undefined: all. */
  readonly groups: readonly string[] | undefined;
  readonly docs: InputDocs;
  readonly where: Where;
}

/** A value or a model of path, query, headers or cookies. */
export interface ParameterInput extends ValueInput {
  readonly kind: 'path' | 'query' | 'header' | 'cookie';
  /** Of a header model: fields are looked up with `_` and capitals as `-`. */
  readonly convertNames: boolean;
}

/** The body or a key of it: JSON, a form field or a file. */
export interface BodyInput extends ValueInput {
  readonly kind: 'body' | 'form' | 'file';
  /** False: its name is made up, since it takes the whole body, or the whole form. */
  readonly named: boolean;
  readonly embed: boolean;
  readonly media: string | undefined;
  /** Of a file: the media types that it may have; undefined: any. */
  readonly accepts: readonly string[] | undefined;
  /** Of a file: in bytes; undefined: that of the application. */
  readonly maxSize: number | undefined;
}

export interface NodeInput {
  readonly kind: 'node';
  readonly name: string;
  readonly node: Node;
}

export interface ContextInput {
  readonly kind: 'context';
  readonly name: string;
  readonly of:
    | 'request'
    | 'reply'
    | 'socket'
    | 'tasks'
    | 'scopes'
    | 'signal'
    | 'rooms'
    | 'session'
    | 'occasion';
  /** Of `scopes` and `occasion`: the frozen value. */
  readonly value?: unknown;
}

/** Not provided: the TypeScript default of a constructor parameter counts. */
export interface ConstantInput {
  readonly kind: 'constant';
  readonly name: string;
  readonly value: unknown;
}

/** A value that comes with a run outside HTTP: of a placeholder, or a part of an entry point. */
export interface GivenInput {
  readonly kind: 'given';
  readonly name: string;
  /** The placeholder, or the class. */
  readonly key: object;
  /** For messages. */
  readonly label: string;
}

export interface InputDocs extends Notes {
  /** What it is called where the program gives no title. */
  readonly impliedTitle: string;
  readonly hidden: boolean;
  readonly openapiExamples?: Readonly<Record<string, Example>>;
}
