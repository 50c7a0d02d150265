/** A program, in no language: it is written in TypeScript and in Python. */
export interface Program {
  readonly enums: readonly Enum[];
  readonly models: readonly Model[];
  readonly operations: readonly Operation[];
}

export interface Enum {
  readonly name: string;
  readonly values: Readonly<Record<string, string | number>>;
}

/** A class of data. */
export interface Model {
  readonly name: string;
  readonly extra?: 'forbid' | 'allow';
  readonly strict?: boolean;
  readonly fields: readonly Slot[];
}

/** A field of a model, or an input of an operation. */
export interface Slot {
  readonly name: string;
  readonly alias?: string;
  readonly type: Type;
  readonly rules?: Rules;
  /** May be left out, and is this then. */
  readonly default?: Json;
  /** May be left out, and is nothing then. */
  readonly optional?: boolean;
  readonly title?: string;
  readonly description?: string;
}

export interface Rules {
  readonly gt?: number;
  readonly ge?: number;
  readonly lt?: number;
  readonly le?: number;
  readonly multipleOf?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly maxDigits?: number;
  readonly decimalPlaces?: number;
  readonly strict?: boolean;
}

export type Type =
  | { readonly kind: 'scalar'; readonly name: ScalarName }
  | { readonly kind: 'null' }
  | { readonly kind: 'literal'; readonly values: readonly (string | number | boolean)[] }
  | { readonly kind: 'enum'; readonly name: string }
  | { readonly kind: 'model'; readonly name: string }
  | { readonly kind: 'list'; readonly of: Type }
  | { readonly kind: 'set'; readonly of: Type }
  | { readonly kind: 'tuple'; readonly items: readonly Type[]; readonly rest?: Type }
  | { readonly kind: 'record'; readonly keys: Type; readonly of: Type }
  | { readonly kind: 'union'; readonly members: readonly Type[] };

export type ScalarName =
  | 'int'
  | 'number'
  | 'bigint'
  | 'decimal'
  | 'boolean'
  | 'string'
  | 'unknown'
  | 'Date'
  | 'datetime'
  | 'date'
  | 'time'
  | 'duration'
  | 'uuid'
  | 'email'
  | 'url'
  | 'ip'
  | 'Secret';

export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

export type Source = 'body' | 'query' | 'header' | 'cookie' | 'form' | 'path';

export interface Input extends Slot {
  readonly source: Source;
  /** A body that is a key of an object although it is the only one. */
  readonly embed?: boolean;
}

export interface Operation {
  readonly name: string;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly inputs: readonly Input[];
  /** It sends its first input back as this. Without it, it sends what it was given, described. */
  readonly returns?: Type;
  readonly requests: readonly Request[];
}

export interface Request {
  /** With the query string. */
  readonly url: string;
  readonly headers?: readonly (readonly [name: string, value: string])[];
  readonly body?: string;
}

export interface Answer {
  readonly status: number;
  /** Its JSON, or its text where that is none. */
  readonly body: unknown;
}

/** What a program does: it cannot start, or its answers to the requests of its operations, and its document. */
export type Behaviour =
  | { readonly boot: string }
  | { readonly answers: readonly (readonly Answer[])[]; readonly document: unknown };
