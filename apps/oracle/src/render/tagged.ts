import type { Model, Type } from '../description';

/**
 * The field that tells the members of a union apart. Vivace finds it itself, to pydantic it has to be named:
 * all members are models, and have it as a required literal with values of their own.
 */
export function tagOf(
  { members }: Extract<Type, { kind: 'union' }>,
  models: readonly Model[],
): string | undefined {
  const values = members.filter((member) => member.kind !== 'null');
  const classes = values.flatMap((member) =>
    member.kind === 'model' ? models.filter(({ name }) => name === member.name) : [],
  );
  if (classes.length < 2 || classes.length < values.length) return undefined;
  return classes[0]!.fields.map(({ name }) => name).find((name) => tellsApart(name, classes));
}

function tellsApart(name: string, classes: readonly Model[]): boolean {
  const fields = classes.map(({ fields }) => fields.find((field) => field.name === name));
  const tags = fields.flatMap((field) =>
    field?.type.kind === 'literal' && field.default === undefined && field.optional !== true
      ? [field.type.values]
      : [],
  );
  const all = tags.flat();
  return tags.length === classes.length && new Set(all).size === all.length;
}
