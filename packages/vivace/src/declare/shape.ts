import type { Class, Literal } from './class';

/** What TypeScript and decorators say about a class, an interface or an object type, as data: what an ORM, GraphQL or a client needs. */
export interface Shape {
  /** Its name in the document, or that of another type as it is written, such as `int[]`; empty for an object type that is written in place. */
  readonly name: string;
  /** What instances are made of; null for an interface or an object type. */
  readonly type: Class | null;
  /** In the order in which they are written, inherited ones first; methods, private members and getters without a decorator are none. */
  readonly fields: readonly ShapeField[];
  /**
   * Validates and converts a value as a body would be.
   *
   * @throws RequestValidationError if it does not fit
   */
  parse(value: unknown): unknown;
  /**
   * Reads JSON text as `parse` does, by all digits of its numbers.
   *
   * @throws SyntaxError if it is not JSON, RequestValidationError if it does not fit
   */
  read(text: string): unknown;
  /**
   * Writes JSON text that has the fields and nothing else.
   *
   * @throws ResponseValidationError if the value does not fit
   */
  write(value: unknown): string;
}

/** A field of a shape. */
export interface ShapeField {
  /** Its name in TypeScript. */
  readonly name: string;
  /** What its values are, without null. */
  readonly type: ShapeType;
  /** May be left out, and is then undefined. */
  readonly optional: boolean;
  /** Whether null fits. */
  readonly nullable: boolean;
  /** Whether it has an initial value, so that it may be left out. */
  readonly initial: boolean;
  /** The initial value where that is a literal. */
  readonly default?: unknown;
  /** What class-validator, `@Field` and JSDoc say of it, as in JSON Schema: `minLength`, `maximum`, `pattern`, … */
  readonly rules: Readonly<Record<string, unknown>>;
  /** What JSDoc or `@Field` says of it. */
  readonly description?: string;
  /** Whether clients may send it. */
  readonly input: boolean;
  /** Whether answers show it. */
  readonly output: boolean;
  /** Whether it is a getter. */
  readonly computed: boolean;
}

/** The type of a field, without null where the field says `nullable`. */
export type ShapeType =
  | {
      readonly is:
        'string' | 'int' | 'number' | 'boolean' | 'bigint' | 'instant' | 'bytes' | 'null' | 'json';
      /** Which of the types of vivace a text is: `uuid`, `decimal`, `date`, `email`, … */
      readonly format?: string;
    }
  | { readonly is: 'literal'; readonly values: readonly Literal[]; readonly name?: string }
  | { readonly is: 'list' | 'set'; readonly of: ShapeType }
  /** An object with free keys, or a `Map`, and what its values are. */
  | { readonly is: 'record' | 'map'; readonly of: ShapeType }
  | { readonly is: 'tuple'; readonly of: readonly ShapeType[]; readonly rest?: ShapeType }
  | { readonly is: 'object'; readonly shape: () => Shape }
  | { readonly is: 'union'; readonly of: readonly ShapeType[] }
  | ForeignType;

/** A class or a generic alias of a library: `Collection<Book>`, `Opt<Date>`. */
export interface ForeignType {
  /** Tells it from the other types. */
  readonly is: 'foreign';
  /** Its name in the library. */
  readonly name: string;
  /** The package that declares it: `@mikro-orm/core`. */
  readonly module: string;
  /** The arguments of a generic type; none for others. */
  readonly args: readonly ShapeType[];
  /** What an alias stands for. */
  readonly of?: ShapeType;
}
