import type { SchemaObject } from './openapi';
import type { Class, Extra } from './class';
import { declare } from './declarations';
import { callSite } from './call-site';

/**
 * Configures a DTO; a DTO needs it only for that.
 *
 * @example
 * @Model({ extra: 'forbid' })
 * class Item { name!: string }
 */
export function Model(options: ModelOptions = {}): (target: Class) => void {
  const where = callSite(Model);
  return (target) => declare(target, { model: Object.freeze({ ...options }), where });
}

export interface ModelOptions {
  /** Its name in the document. */
  name?: string;
  title?: string;
  description?: string;
  extra?: Extra;
  strict?: boolean;
  examples?: readonly unknown[];
  /** How names are written on the wire. */
  alias?: 'camel' | 'pascal' | 'snake' | ((field: string) => string);
  /** Accept a field by its own name as well as by its alias. */
  byName?: boolean;
  /** Remove blanks around strings. */
  trim?: boolean;
  schemaExtra?: SchemaObject;
}
