import type { Input, Operation } from '../model/model';
import { walkOperation } from '../model/walk';
import type { ObjectSchema, Schema } from '../schema/schema';
import { validatorSource } from './validator';

type Read = Extract<Input, { schema: unknown }>;

/** The text of an operation's function and of the validators of the DTOs that it reads. */
export function operationSource({ root, effects, where }: Operation, handler: string): string {
  const inputs = walkOperation(root, effects).flatMap((node) => node.inputs.filter((input): input is Read => 'schema' in input));
  const models = new Set<ObjectSchema>();
  for (const input of inputs) collect(input.schema, models, new Set());
  const place = where.file === undefined ? '' : `// ${where.file}${where.line === undefined ? '' : `:${where.line}`}\n`;
  return [`${place}${handler}`, ...[...models].map((model) => validatorSource(model))].join('\n\n');
}

function collect(schema: Schema, models: Set<ObjectSchema>, seen: Set<Schema>): void {
  if (seen.has(schema)) return;
  seen.add(schema);
  if (schema.kind === 'object') models.add(schema);
  for (const inner of innerOf(schema)) collect(inner, models, seen);
}

function innerOf(schema: Schema): readonly Schema[] {
  switch (schema.kind) {
    case 'object':
      return schema.fields.filter(({ input }) => input).map((field) => field.schema);
    case 'list':
      return [schema.items];
    case 'tuple':
      return schema.rest === undefined ? schema.items : [...schema.items, schema.rest];
    case 'record':
      return [schema.keys, schema.values];
    case 'union':
      return schema.members;
    case 'recursive':
    case 'secret':
      return [schema.inner];
    default:
      return [];
  }
}
