import type { MiddlewareDocs } from '../declare/value-facts';
import type { Node, ParameterInput } from '../model/node';
import { headerName } from '../schema/names';
import type { Field, ObjectSchema } from '../schema/schema';
import type { SchemaScope } from './components';
import { fieldOf } from './fields';
import { fieldInGroups } from '../schema/groups';
import { defined } from './merge';

interface ParameterObject {
  readonly name: string;
  readonly in: ParameterInput['kind'];
  readonly required: boolean;
  readonly [more: string]: unknown;
}

const ORDER = ['path', 'query', 'header', 'cookie'] as const;

/** The inputs of all nodes that are parameters; `nodes` in the order of the document. */
export function parameterInputs(nodes: readonly Node[]): readonly ParameterInput[] {
  return nodes.flatMap(({ inputs }) => inputs.filter(isParameter));
}

/** The parameters of an operation: by kind, the handler's first; of several of one name the last, or the last required one. */
export function parametersOf(
  inputs: readonly ParameterInput[],
  scope: SchemaScope,
): readonly ParameterObject[] {
  const all = ORDER.flatMap((kind) => inputs.filter((input) => input.kind === kind)).flatMap(
    (input) => writeInput(input, scope),
  );
  const key = (parameter: ParameterObject): string => `${parameter.in} ${parameter.name}`;
  const chosen = new Map(all.map((parameter) => [key(parameter), parameter]));
  for (const parameter of all) if (parameter.required) chosen.set(key(parameter), parameter);
  return [...chosen.values()];
}

/** The headers that middleware reads, but for those that the operation documents itself. */
export function headersOf(
  middleware: readonly MiddlewareDocs[],
  own: readonly ParameterObject[],
): readonly ParameterObject[] {
  const known = new Set(
    own.filter((parameter) => parameter.in === 'header').map(({ name }) => name.toLowerCase()),
  );
  const headers = Object.entries(
    Object.assign({}, ...middleware.map((one) => one.headers)) as NonNullable<
      MiddlewareDocs['headers']
    >,
  );
  return headers
    .filter(([name]) => !known.has(name.toLowerCase()))
    .map(([name, { required, description, schema }]) => ({
      name,
      in: 'header',
      required,
      schema: { ...schema, title: name },
      description,
    }));
}

function writeInput(input: ParameterInput, scope: SchemaScope): readonly ParameterObject[] {
  const { docs, kind } = input;
  if (docs.hidden) return [];
  if (!input.model) return [write(kind, input.alias, fieldOf(input), docs.openapiExamples, scope)];
  const fields = (input.schema as ObjectSchema).fields
    .filter((field) => field.input)
    .map((field) => fieldInGroups(field, input.groups));
  return fields.map((field) => write(kind, wireName(field, input), field, undefined, scope));
}

function write(
  kind: ParameterInput['kind'],
  name: string,
  field: Field,
  examples: unknown,
  scope: SchemaScope,
): ParameterObject {
  const { description, deprecated } = field.notes;
  return {
    name,
    in: kind,
    required: field.presence === 'required',
    schema: scope.field(field),
    ...defined({ description, examples, deprecated: deprecated === true ? true : undefined }),
  };
}

/** A header that has no alias of its own is written with hyphens. */
function wireName(field: Field, { kind, convertNames }: ParameterInput): string {
  const name = field.in[0]!;
  return kind === 'header' && convertNames && name === field.name ? headerName(name) : name;
}

function isParameter(input: { readonly kind: string }): input is ParameterInput {
  return (ORDER as readonly string[]).includes(input.kind);
}
