import type { Type } from '../declare/types';
import { defaultBuilder } from '../schema/default-builder';
import { JsonSchemaWriter } from '../schema/json-schema';
import type { EnumSchema, ObjectSchema } from '../schema/schema';
import type { Direction } from './components';
import type { SchemaObject } from './types';

/**
 * The JSON Schema of a type, as input or as output; named types stand under `$defs`.
 *
 * @param type a class, or another value that stands for a type
 * @param options `mode`: whether it describes what is read (`input`, the default) or what is written
 * @throws BootError if the type cannot be described
 * @example jsonSchema([Item]) // { type: 'array', items: { $ref: '#/$defs/Item' }, $defs: { Item: … } }
 */
export function jsonSchema(type: Type, { mode = 'input' }: { mode?: Direction } = {}): SchemaObject {
  const definitions = new Map<string, SchemaObject>();
  const ref = (schema: ObjectSchema | EnumSchema): string => {
    const name = schema.name!;
    if (!definitions.has(name)) {
      // Noted before it is written: a recursive type refers to itself.
      definitions.set(name, {});
      definitions.set(name, writer.component(schema));
    }
    return `#/$defs/${name}`;
  };
  const writer = new JsonSchemaWriter({ mode, ref });
  const schema = writer.write(defaultBuilder().fromValue(type, {}));
  return definitions.size === 0 ? schema : { ...schema, $defs: Object.fromEntries(definitions) };
}
