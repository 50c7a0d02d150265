import type { Class, Extra, FieldInfo, Literal, TextFormat } from '../declare/class';
import type { Notes } from '../declare/options/field-options';
import type { StandardSchema } from '../declare/standard-schema';
import type { Check, Words } from './check';
import type { Definition, Described } from './library-definitions';

/**
 * What a value may be, independent of HTTP.
 * Four readers: the validator of JSON values, the reader of strings, the serializer, the JSON Schema writer.
 */
export type Schema =
  | ScalarSchema
  | ListSchema
  | TupleSchema
  | RecordSchema
  | UnionSchema
  | ObjectSchema
  | RecursiveSchema
  | SecretSchema
  | LibrarySchema;

/** What is read as a whole, by kind: each reader has a table with an entry for each. */
interface Scalars {
  readonly any: AnySchema;
  readonly null: NullSchema;
  readonly string: StringSchema;
  readonly number: NumberSchema;
  readonly boolean: BooleanSchema;
  readonly bigint: BigIntSchema;
  readonly instant: InstantSchema;
  readonly bytes: BytesSchema;
  readonly literal: LiteralSchema;
  readonly enum: EnumSchema;
  readonly file: FileSchema;
}
export type ScalarKind = keyof Scalars;
export type ScalarSchema<K extends ScalarKind = ScalarKind> = {
  readonly [P in K]: Scalars[P] & { readonly kind: P };
}[K];

/** A message of the user's about a value and the DTO it is a part of. */
export type Message = (value: unknown, object: object | undefined) => string;

interface Common {
  /** Constraints in the order in which they are checked; only the first that fails is reported. */
  readonly checks?: readonly Check[];
  /** No conversion: `"3"` is not a number. Resolved from field, DTO and application when the schema is built. */
  readonly strict?: boolean;
  /** What a type decorator says to a value of another type. */
  readonly words?: Words;
  /** Words for the document that belong to the type itself. */
  readonly notes?: Notes;
}

/** Any value: documented as `{}`. */
export interface AnySchema extends Common {
  readonly kind: 'any';
}
export interface NullSchema extends Common {
  readonly kind: 'null';
}
/** Text; with a format, text kept as it was sent that has this form. */
export interface StringSchema extends Common {
  readonly kind: 'string';
  readonly format?: TextFormat;
  /** Blanks around it are removed before it is checked. */
  readonly trim?: boolean;
}
export interface NumberSchema extends Common {
  readonly kind: 'number';
  /** Whole and safe. */
  readonly integer?: boolean;
  readonly allowInfNan?: boolean;
}
export interface BooleanSchema extends Common {
  readonly kind: 'boolean';
}
export interface BigIntSchema extends Common {
  readonly kind: 'bigint';
}
/** A `Date`: an instant, ISO 8601 on the wire. */
export interface InstantSchema extends Common {
  readonly kind: 'instant';
}
export interface BytesSchema extends Common {
  readonly kind: 'bytes';
  /** How bytes are written as text: inside JSON in base64, else as UTF-8. */
  readonly encoding?: 'base64';
}
export interface LiteralSchema extends Common {
  readonly kind: 'literal';
  readonly values: readonly Literal[];
}
/** An enum: a component of the document by its name. */
export interface EnumSchema extends Common {
  readonly kind: 'enum';
  readonly name: string;
  readonly values: readonly (string | number)[];
}
/** An array, or a `Set` (`unique`). */
export interface ListSchema extends Common {
  readonly kind: 'list';
  readonly items: Schema;
  readonly unique?: boolean;
}
export interface TupleSchema extends Common {
  readonly kind: 'tuple';
  readonly items: readonly Schema[];
  /** How many of the items must be there. */
  readonly required: number;
  readonly rest?: Schema;
}
/** A plain object with free keys, or a `Map`. */
export interface RecordSchema extends Common {
  readonly kind: 'record';
  readonly keys: Schema;
  readonly values: Schema;
  readonly as: 'object' | 'map';
}
/** One of several; smart mode as pydantic unless a discriminator tells the members apart. */
export interface UnionSchema extends Common {
  readonly kind: 'union';
  readonly members: readonly Schema[];
  readonly discriminator?: Discriminator | undefined;
}
/** An alias that is made of itself (`type Json = string | Json[]`): a component of the document by its name. */
export interface RecursiveSchema extends Common {
  readonly kind: 'recursive';
  readonly name: string;
  /** See `ObjectSchema`. */
  readonly generic?: true;
  /** What it stands for, once that is read to its end. */
  readonly inner: Schema;
}
/** What the document has under a name. */
export type NamedSchema = ObjectSchema | EnumSchema | RecursiveSchema | Definition;
export interface Discriminator {
  /** The field, by its name on the wire; absent when a function names the member. */
  readonly field?: string;
  /** Gives the tag of a value, or undefined. */
  readonly tagOf: (value: unknown) => unknown;
  /** The member of each tag. */
  readonly members: ReadonlyMap<unknown, ObjectSchema>;
}
/** A value that no log, document or error shows. */
export interface SecretSchema extends Common {
  readonly kind: 'secret';
  readonly inner: Schema;
}
/** An uploaded file. */
export interface FileSchema extends Common {
  readonly kind: 'file';
}

/** A schema of another library, which has the word on its values: zod, valibot, arktype. */
export interface LibrarySchema extends Common {
  readonly kind: 'library';
  readonly standard: StandardSchema;
  /** What it takes, which says what of a query or a form it is given. */
  readonly takes: 'object' | 'list' | 'value';
  /** Of one that takes an object: the fields that it names; empty where they are not known. */
  readonly fields: readonly Field[];
  /** Whether it gives a value also where nothing was sent. */
  readonly takesNothing: boolean;
  /** Whether it says of something inside it that nobody may see it. */
  readonly secret: boolean;
  readonly described: (mode: 'input' | 'output') => Described;
}

/** A DTO. The object itself is the definition: recursive types refer to the same one, so its fields are filled in after it is made. */
export interface ObjectSchema extends Common {
  readonly kind: 'object';
  /** Its name in the document; undefined for an anonymous object type, which is written in place. */
  readonly name: string | undefined;
  /** Its name is made of those of its arguments, which need not tell it from others. */
  readonly generic?: true;
  /** What instances are made of; undefined for interfaces and object types: a plain object. */
  readonly type: Class | undefined;
  readonly fields: readonly Field[];
  readonly extra: Extra;
  /** See the input before it is validated; may return another. */
  readonly before: readonly ((input: unknown) => unknown)[];
  /** Methods of the instance that check it as a whole. */
  readonly after: readonly ((instance: object) => unknown)[];
}

/** A field of a DTO. */
export interface Field {
  readonly name: string;
  /** The names accepted on the wire; the first is the documented one. */
  readonly in: readonly string[];
  /** The name written to responses. */
  readonly out: string;
  readonly schema: Schema;
  /** `optional`: may be left out and then stays undefined. `default`: may be left out and then has the default. */
  readonly presence: 'required' | 'optional' | 'default';
  /** What the user says where it is missing. */
  readonly missing?: Words;
  /** A fresh default for each instance; for a class the initialiser gives it and this is used for plain objects and the document. */
  readonly makeDefault?: () => unknown;
  /** The default may be another for each instance: the document shows none. */
  readonly varies?: boolean;
  /** Whether the client may send it (not computed, not excluded on the way in). */
  readonly input: boolean;
  /** Whether responses show it. */
  readonly output: boolean;
  /** A getter. */
  readonly computed: boolean;
  /** Whether its constraints count (`ValidateIf`). */
  readonly conditional?: Conditional;
  /** The field with the constraints that count in some groups of class-validator; absent where it has none. */
  readonly inGroups?: (groups: readonly string[]) => Field;
  /** `@Transform` of class-transformer on the way in, before the validators: sees what the object is read from. */
  readonly transformIn: readonly FieldTransform[];
  readonly before: readonly FieldHook[];
  readonly after: readonly FieldHook[];
  /** `@Transform` of class-transformer on the way out. */
  readonly transformOut: readonly FieldTransform[];
  /** Whether one of them is for the way out alone: what it gives is any JSON, whatever the type of the field. */
  readonly serialized?: true;
  readonly notes: Notes;
  /** What documents call it that the program gives no title, unless its type is a component. */
  readonly impliedTitle?: string;
}

/** Where one of the conditions gives false, the value is read without constraints, also those that narrow its type. */
export interface Conditional {
  readonly when: readonly ((object: object, value: unknown) => boolean)[];
  readonly otherwise: Schema;
}

/** A field validator: gives the value to go on with, throws to refuse it. */
export type FieldHook = (value: unknown, field: FieldInfo) => unknown;

/** Gives the value to go on with; `object` holds the field. */
export type FieldTransform = (value: unknown, object: object) => unknown;
