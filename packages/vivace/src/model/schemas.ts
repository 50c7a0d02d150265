import type { Schema } from '../schema/schema';
import { children, walk as walkSchema } from '../schema/visit';
import { walk } from './graph/walk';
import type { Operation } from './model';

/**
 * Every schema that operations read, answer with or document, with all inside it, each once.
 *
 * @throws BootError for what a union finds wrong with its members, which it looks at when it is first needed
 */
export function settled(operations: readonly Operation[]): readonly Schema[] {
  const schemas = [...schemasOf(operations, new Set())];
  for (const schema of schemas) if (schema.kind === 'union') Reflect.get(schema, 'discriminator');
  return Object.freeze(schemas);
}

function* schemasOf(operations: readonly Operation[], met: Set<Schema>): Generator<Schema> {
  for (const { effects, root, body, response, docs } of operations) {
    const inputs = walk([...effects, root]).flatMap((node) => node.inputs);
    const used = [
      ...[...inputs, ...(body?.inputs ?? [])].map((input) =>
        'schema' in input ? input.schema : undefined,
      ),
      response.schema,
      ...Object.values(docs.responses).map(({ schema }) => schema),
    ];
    for (const schema of used) if (schema !== undefined) yield* walkSchema(schema, children, met);
    yield* schemasOf(docs.callbacks, met);
  }
}
