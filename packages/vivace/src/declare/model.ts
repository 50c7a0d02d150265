import type { SchemaObject } from '../openapi/types';
import type { Class, Extra } from '../schema/schema';
import { declare } from './declarations';
import { placeOfCall } from './place';

/**
 * Configures a DTO; a DTO needs it only for that.
 *
 * @example
 * @Model({ extra: 'forbid' })
 * class Item { name!: string }
 */
export function Model(options: ModelOptions = {}): (target: Class) => void {
  const where = placeOfCall(Model);
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
