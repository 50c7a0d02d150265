import type { Extra } from '../class';
import type { SchemaObject } from '../openapi';

/** How a DTO is read, written and documented. */
export interface ModelOptions {
  /**
   * Its name in the document.
   * @default the name of the class
   */
  readonly name?: string;
  /**
   * Its title in the document.
   * @default its name
   */
  readonly title?: string;
  /**
   * A text about it, in the document.
   * @default the comment of the class
   */
  readonly description?: string;
  /**
   * What happens to fields of the input that it does not declare.
   * @default that of the application: `'ignore'`
   */
  readonly extra?: Extra;
  /**
   * Whether JSON is read without conversion, so that `"3"` is no number.
   * @default that of the application: `false`
   */
  readonly strict?: boolean;
  /** Examples, in the document. */
  readonly examples?: readonly unknown[];
  /**
   * How the names of its fields are written on the wire.
   * @default as they are
   */
  readonly alias?: 'camel' | 'pascal' | 'snake' | ((field: string) => string);
  /**
   * Whether a field is also accepted by its own name where it has an alias.
   * @default `false`
   */
  readonly byName?: boolean;
  /**
   * Whether blanks around strings are removed.
   * @default `false`
   */
  readonly trim?: boolean;
  /** Merged into its JSON Schema. */
  readonly schemaExtra?: SchemaObject;
}
