import type { Occasion } from '../declare/occasion';
import type { Input, Node } from '../model/node';
import type { Operation } from '../model/model';
import { walkOperation } from '../model/graph/walk';
import { children, walk, type Into } from '../schema/visit';
import { validatorSource } from '../validate/validator';

type Read = Extract<Input, { schema: unknown }>;

/** The text of an operation's function and of the validators of the DTOs that it reads. */
export function operationSource(
  { root, effects, where }: Pick<Operation, 'root' | 'effects' | 'where'>,
  handler: string,
): string {
  const nodes = walkOperation(root, effects);
  const inputs = nodes.flatMap((node) =>
    node.inputs.filter((input): input is Read => 'schema' in input),
  );
  const parts = inputs.flatMap(({ schema }) => [...walk(schema, read)]);
  const models = new Set(parts.filter((part) => part.kind === 'object'));
  const place =
    where.file === undefined
      ? ''
      : `// ${where.file}${where.line === undefined ? '' : `:${where.line}`}\n`;
  const said = nodes.flatMap(wordsOf).map((words) => `// ${words}\n`);
  return [
    `${place}${said.join('')}${handler}`,
    ...[...models].map((model) => validatorSource(model)),
  ].join('\n\n');
}

/** What a dependency says of itself. */
function wordsOf({ name, inputs, explain }: Node): readonly string[] {
  const occasion = inputs.find((input) => input.kind === 'context' && input.of === 'occasion');
  if (explain === undefined || occasion === undefined || !('value' in occasion)) return [];
  return [`${name}: ${explain(occasion.value as Occasion)}`];
}

/** Of a DTO only what clients send is read. */
const read: Into = (schema) =>
  schema.kind === 'object'
    ? schema.fields.filter(({ input }) => input).map((field) => field.schema)
    : children(schema);
