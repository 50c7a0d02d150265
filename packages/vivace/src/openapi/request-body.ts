import type { Body, Operation } from '../model/model';
import { titleOf } from '../schema/names';
import type { Field, ObjectSchema } from '../schema/schema';
import type { SchemaScope } from './components';
import { fieldOf } from './fields';
import { defined } from './merge';
import type { SchemaObject } from '../declare/openapi';

/** The body of an operation; inputs that are keys of one object become the component `Body_` with the operation's id. */
export function requestBodyOf(
  { id }: Operation,
  body: Body,
  scope: SchemaScope,
): Record<string, unknown> {
  const examples = body.keyed ? undefined : body.inputs[0]!.docs.openapiExamples;
  return {
    content: {
      [body.media]: {
        schema: schemaOf(id, body, scope),
        ...defined({ examples, encoding: encodingOf(body) }),
      },
    },
    ...(body.required && { required: true }),
  };
}

/** The types that files may have. */
function encodingOf({ inputs }: Body): Record<string, unknown> | undefined {
  const limited = inputs.filter(({ accepts }) => accepts !== undefined);
  if (limited.length === 0) return undefined;
  return Object.fromEntries(
    limited.map(({ alias, accepts = [] }) => [alias, { contentType: accepts.join(', ') }]),
  );
}

function schemaOf(id: string, body: Body, scope: SchemaScope): SchemaObject {
  return body.keyed
    ? scope.schema(keyedBody(`Body_${id}`, body))
    : scope.field(fieldOf(body.inputs[0]!));
}

function keyedBody(name: string, { inputs }: Body): ObjectSchema {
  const fields = inputs.filter(({ docs }) => !docs.hidden).map((input) => untitled(fieldOf(input)));
  return { kind: 'object', name, type: undefined, fields, extra: 'ignore', before: [], after: [] };
}

/** As the fields of a DTO: a title that the program does not give is made where the type has none. */
function untitled(field: Field): Field {
  const { impliedTitle, ...others } = field;
  return impliedTitle === titleOf(field.in[0]!) ? others : field;
}
