import type { Input } from '../model/node';
import type { Operation } from '../model/model';
import { walkOperation } from '../model/graph/walk';
import { partsOf } from '../schema/visit';
import type { ObjectSchema, Schema } from '../schema/schema';
import { validatorSource } from '../validate/validator';

type Read = Extract<Input, { schema: unknown }>;

/** The text of an operation's function and of the validators of the DTOs that it reads. */
export function operationSource({ root, effects, where }: Operation, handler: string): string {
  const inputs = walkOperation(root, effects).flatMap((node) =>
    node.inputs.filter((input): input is Read => 'schema' in input),
  );
  const models = new Set<ObjectSchema>();
  for (const input of inputs) collect(input.schema, models, new Set());
  const place =
    where.file === undefined
      ? ''
      : `// ${where.file}${where.line === undefined ? '' : `:${where.line}`}\n`;
  return [`${place}${handler}`, ...[...models].map((model) => validatorSource(model))].join('\n\n');
}

function collect(schema: Schema, models: Set<ObjectSchema>, seen: Set<Schema>): void {
  if (seen.has(schema)) return;
  seen.add(schema);
  if (schema.kind === 'object') models.add(schema);
  const read =
    schema.kind === 'object'
      ? schema.fields.filter(({ input }) => input).map((field) => field.schema)
      : partsOf(schema);
  for (const part of read) collect(part, models, seen);
}
