import { BootError } from '../../errors/boot-error';
import type { Where } from '../../errors/where';
import type { Input, Node, ParameterInput } from '../node';
import type { PathTemplate } from '../path';
import { similar } from '../similar';

/** Refuses path inputs that the path does not name, and names of the path that nothing reads. */
export function checkPathInputs(
  nodes: readonly Node[],
  { path, parameters }: PathTemplate,
  own: readonly string[],
  where: Where,
): void {
  const inputs = nodes.flatMap((node) => node.inputs);
  const read = new Set<string>();
  for (const input of inputs.filter(isPathInput)) {
    for (const name of namesOf(input)) {
      read.add(name);
      if (!parameters.includes(name)) throw unknownName(name, input, path, parameters);
    }
  }
  const seesAll = inputs.some(
    (input) => input.kind === 'context' && (input.of === 'request' || input.of === 'socket'),
  );
  const unread = own.find((name) => !read.has(name));
  if (unread !== undefined && !seesAll) throw unreadName(unread, path, inputs, where);
}

function isPathInput(input: Input): input is ParameterInput {
  return input.kind === 'path';
}

function namesOf({ model, schema, alias }: ParameterInput): readonly string[] {
  return model && (schema.kind === 'object' || schema.kind === 'library')
    ? schema.fields.filter(({ presence }) => presence === 'required').map((field) => field.in[0]!)
    : [alias];
}

function unknownName(
  name: string,
  input: ParameterInput,
  path: string,
  parameters: readonly string[],
): BootError {
  const near = similar(name, parameters);
  const write =
    near === undefined
      ? `':${name}' in the path, or @Query() ${input.name}`
      : `@Path('${near}') ${input.name}, or ':${name}' in the path`;
  return new BootError(
    'PATH_UNKNOWN',
    input.where,
    `The path '${path}' has no parameter '${name}'.`,
    write,
  );
}

function unreadName(name: string, path: string, inputs: readonly Input[], where: Where): BootError {
  const near = similar(
    name,
    inputs.filter((input) => input.kind === 'query').map((input) => input.name),
  );
  const write =
    near === undefined
      ? `a parameter ${name}: string, or a path without ':${name}'`
      : `${name} instead of ${near}, which is read from the query string, or @Path('${name}') ${near}`;
  return new BootError(
    'PATH_UNREAD',
    where,
    `Nothing reads ':${name}' of the path '${path}'.`,
    write,
  );
}
