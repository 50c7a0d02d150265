import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { StandardSchema } from '../declare/standard-schema';
import type { JsonSchema } from './json-schema-type';

type Direction = 'input' | 'output';
type Writes = (schema: unknown, options: Record<string, unknown>) => JsonSchema;

/** How a library is asked, where the schema does not answer by the standard. */
interface Library {
  /** What JSON Schema cannot say is any value there, so that the rest of the schema is still said. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly write: (schema: StandardSchema, direction: Direction) => JsonSchema | undefined;
}

const TARGET = 'draft-2020-12';
/** Of valibot: what it has no words for. A check leaves the type as it is, a transformation gives any. */
interface Unsaid {
  readonly errors?: readonly unknown[];
  readonly jsonSchema?: JsonSchema;
  readonly valibotAction?: { readonly kind: string };
}
const unsaid = ({ errors = [], jsonSchema, valibotAction }: Unsaid): JsonSchema | undefined => {
  if (errors.length === 0) return undefined;
  return valibotAction?.kind === 'validation' ? jsonSchema : {};
};

const LIBRARIES: Readonly<Record<string, Library | undefined>> = {
  zod: library({ unrepresentable: 'any' }, (schema, direction, options) =>
    exportOf('zod', 'toJSONSchema')?.(schema, { ...options, target: TARGET, io: direction }),
  ),
  valibot: library(
    { overrideAction: unsaid, overrideSchema: unsaid },
    (schema, direction, options) =>
      exportOf('@valibot/to-json-schema', 'toJsonSchema')?.(schema, {
        ...options,
        target: TARGET,
        typeMode: direction,
      }),
  ),
};

function library(
  options: Library['options'],
  write: (
    schema: StandardSchema,
    direction: Direction,
    options: Library['options'],
  ) => JsonSchema | undefined,
): Library {
  return { options, write: (schema, direction) => write(schema, direction, options) };
}

/** What a schema of another library says of itself; undefined where it says nothing that JSON Schema can hold. */
export function jsonSchemaOf(schema: StandardSchema, direction: Direction): JsonSchema | undefined {
  const { jsonSchema, vendor } = schema['~standard'];
  const known = LIBRARIES[vendor];
  try {
    if (jsonSchema !== undefined)
      return jsonSchema[direction]({
        target: TARGET,
        ...(known !== undefined && { libraryOptions: { ...known.options } }),
      });
    return known?.write(schema, direction) ?? ownWriter(schema);
  } catch {
    return undefined;
  }
}

/** Older versions of arktype and others have a method of their own, which knows one direction. */
function ownWriter(schema: StandardSchema): JsonSchema | undefined {
  const { toJsonSchema } = schema as { readonly toJsonSchema?: unknown };
  return typeof toJsonSchema === 'function' ? toJsonSchema.call(schema) : undefined;
}

/** What a package of the program's exports, if it is installed. */
function exportOf(name: string, member: string): Writes | undefined {
  for (const from of [join(process.cwd(), 'package.json'), __filename]) {
    try {
      const found = (createRequire(from)(name) as Readonly<Record<string, unknown>>)[member];
      if (typeof found === 'function') return found as Writes;
    } catch {
      continue;
    }
  }
  return undefined;
}
