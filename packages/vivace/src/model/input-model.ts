import type { Where } from '../errors/where';
import type { Notes, Schema } from '../schema/schema';
import type { Node } from './model';

/** One parameter's source. */
export type Input = ParameterInput | BodyInput | NodeInput | ContextInput | ConstantInput;

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
  readonly of: 'request' | 'reply' | 'socket' | 'tasks' | 'scopes' | 'signal' | 'rooms' | 'session';
  /** Of `scopes`: the frozen value. */
  readonly value?: unknown;
}

/** Not provided: the TypeScript default of a constructor parameter counts. */
export interface ConstantInput {
  readonly kind: 'constant';
  readonly name: string;
  readonly value: unknown;
}

export interface InputDocs extends Notes {
  readonly title: string;
  readonly hidden: boolean;
  readonly openapiExamples?: Readonly<Record<string, unknown>>;
}
