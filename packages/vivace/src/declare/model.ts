import type { SchemaObject } from './openapi';
import type { Class, Extra } from './class';
import { declare } from './declarations';
import { callSite } from './call-site';

/**
 * Sets options of a DTO. A DTO without options needs no decorator.
 *
 * @example
 * @Model({ extra: 'forbid' })
 * class Item { name!: string }
 */
export function Model(options: ModelOptions = {}): (target: Class) => void {
  const where = callSite(Model);
  return (target) => declare(target, { model: Object.freeze({ ...options }), where });
}

/** How a DTO is read, written and documented. */
export interface ModelOptions {
  /**
   * Its name in the document.
   * @default the name of the class
   */
  name?: string;
  /**
   * Its title in the document.
   * @default its name
   */
  title?: string;
  /**
   * A text about it, in the document.
   * @default the comment of the class
   */
  description?: string;
  /**
   * What happens to fields of the input that it does not declare.
   * @default that of the application: `'ignore'`
   */
  extra?: Extra;
  /**
   * Whether JSON is read without conversion, so that `"3"` is no number.
   * @default that of the application: `false`
   */
  strict?: boolean;
  /** Examples, in the document. */
  examples?: readonly unknown[];
  /**
   * How the names of its fields are written on the wire.
   * @default as they are
   */
  alias?: 'camel' | 'pascal' | 'snake' | ((field: string) => string);
  /**
   * Whether a field is also accepted by its own name where it has an alias.
   * @default `false`
   */
  byName?: boolean;
  /**
   * Whether blanks around strings are removed.
   * @default `false`
   */
  trim?: boolean;
  /** Merged into its JSON Schema. */
  schemaExtra?: SchemaObject;
}
