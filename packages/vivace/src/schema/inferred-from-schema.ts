import { BootError } from '../errors/boot-error';
import type { Where } from '../errors/where';

/** A written type such as `z.infer<typeof item>`: the schema has rules that are not in it. */
export function inferredFromSchema(written: string, where: Where): BootError {
  return new BootError(
    'INFERRED_FROM_SCHEMA',
    where,
    `${written} is made of a schema of another library, and has none of its rules.`,
    'the schema itself: `@Body(schema)` before the parameter, or `response: schema` for what an operation answers',
  );
}
