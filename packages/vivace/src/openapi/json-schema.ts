import type { Type } from '../declare/type';
import { defaultBuilder } from '../schema/default-builder';
import { JsonSchemaWriter } from '../schema/json-schema-writer';
import { examplesOf } from './examples';
import type { NamedSchema } from '../schema/schema';
import type { Direction } from './components';
import type { SchemaObject } from '../declare/openapi';

/**
 * Gives the JSON Schema of a type, as input or as output. Named types inside it stand under `$defs`.
 *
 * @param type a class, or another value that stands for a type
 * @param options.mode whether it describes what is read (`input`, the default) or what is written (`output`)
 * @throws BootError if the type cannot be described
 * @example jsonSchema([Item]) // { type: 'array', items: { $ref: '#/$defs/Item' }, $defs: { Item: … } }
 */
export function jsonSchema(
  type: Type,
  { mode = 'input' }: { readonly mode?: Direction } = {},
): SchemaObject {
  const definitions = new Map<string, SchemaObject>();
  const nameless: NamedSchema[] = [];
  const nameOf = (schema: NamedSchema): string => {
    if (schema.name !== undefined) return schema.name;
    if (!nameless.includes(schema)) nameless.push(schema);
    const count = nameless.indexOf(schema) + 1;
    return count === 1 ? 'Schema' : `Schema_${count}`;
  };
  const ref = (schema: NamedSchema): string => {
    const name = nameOf(schema);
    if (!definitions.has(name)) {
      // Noted before it is written: a recursive type refers to itself.
      definitions.set(name, {});
      definitions.set(name, writer.component(schema));
    }
    return `#/$defs/${name}`;
  };
  const writer = new JsonSchemaWriter({ mode, ref, examples: examplesOf });
  const schema = defaultBuilder().fromValue(type, {});
  const referred = writer.write(schema);
  const own = (referred['$ref'] as string | undefined)?.slice('#/$defs/'.length);
  // A type that nothing refers to stands at the root itself.
  const inline = own !== undefined && !refers([...definitions.values()], own);
  const written = inline ? definitions.get(own)! : referred;
  if (inline) definitions.delete(own);
  return definitions.size === 0 ? written : { ...written, $defs: Object.fromEntries(definitions) };
}

function refers(value: unknown, name: string): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, inner]) =>
    key === '$ref' ? inner === `#/$defs/${name}` : refers(inner, name),
  );
}
