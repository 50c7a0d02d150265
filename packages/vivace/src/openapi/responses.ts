import { STATUS_CODES } from 'node:http';
import { responseClassFacts } from '../responses/response-class';
import { BYTES } from '../model/response';
import type { Operation, ResponseDocs, ResponsePlan } from '../model/model';
import type { Schema } from '../schema/schema';
import type { SchemaScope } from './components';
import { defined, merge } from './merge';
import type { SchemaObject } from '../declare/openapi';

type Tree = Record<string, unknown>;

const RANGES: Readonly<Record<string, string | undefined>> = {
  '1XX': 'Information',
  '2XX': 'Success',
  '3XX': 'Redirection',
  '4XX': 'Client Error',
  '5XX': 'Server Error',
  default: 'Default Response',
};
/** Where Node still says what RFC 9110 renamed. */
const RENAMED: Readonly<Record<string, string | undefined>> = {
  413: 'Content Too Large',
  422: 'Unprocessable Content',
};

const EVENT = {
  data: { type: 'string' },
  event: { type: 'string' },
  id: { type: 'string' },
  retry: { type: 'integer', minimum: 0 },
};

/** Bytes that are sent as they are. */
const CONTENT = { type: 'string', contentMediaType: BYTES };

/** The responses of an operation: its success, then those that were added to it, merged where the status is the same. */
export function responsesOf(
  { id, response, docs }: Operation,
  scope: SchemaScope,
): Record<string, Tree> {
  const responses: Record<string, Tree> = { [response.status]: successOf(id, response, scope) };
  for (const [status, more] of Object.entries(docs.responses)) {
    const key = status.toLowerCase() === 'default' ? 'default' : status.toUpperCase();
    responses[key] = addition(id, key, responses[key] ?? {}, more, response, scope);
  }
  return responses;
}

function successOf(id: string, response: ResponsePlan, scope: SchemaScope): Tree {
  const content = contentOf(id, response, scope);
  return { description: response.description, ...defined({ content }) };
}

function contentOf(
  id: string,
  { kind, media, raw, schema, status, type }: ResponsePlan,
  scope: SchemaScope,
): Tree | undefined {
  if (media === null || !hasBody(status)) return undefined;
  if (kind === 'lines')
    return {
      [media]: {
        itemSchema: schema === undefined ? {} : titled(schema, `StreamItem_${id}`, scope),
      },
    };
  if (kind === 'events')
    return {
      [media]: {
        itemSchema: eventOf(
          schema === undefined ? undefined : titled(schema, `StreamItem_${id}`, scope),
        ),
      },
    };
  if (raw === 'only' && type === undefined) return { [media]: { schema: CONTENT } };
  const json = type === undefined || responseClassFacts(type)?.json === true;
  return {
    ...(raw === 'may' &&
      schema !== undefined &&
      type === undefined && { [BYTES]: { schema: CONTENT } }),
    [media]: {
      schema: !json
        ? { type: 'string' }
        : schema === undefined
          ? {}
          : titled(schema, `Response_${id}`, scope),
    },
  };
}

function eventOf(contentSchema: SchemaObject | undefined): SchemaObject {
  if (contentSchema === undefined) return { type: 'object', properties: EVENT };
  const data = { ...EVENT.data, contentMediaType: 'application/json', contentSchema };
  return { type: 'object', properties: { ...EVENT, data }, required: ['data'] };
}

function addition(
  id: string,
  status: string,
  present: Tree,
  more: ResponseDocs,
  { kind, media }: ResponsePlan,
  scope: SchemaScope,
): Tree {
  const { schema, headers } = more;
  const model =
    schema === undefined
      ? {}
      : {
          [kind === 'lines' ? 'application/json' : (media ?? 'application/json')]: {
            schema: titled(schema, `Response_${status}_${id}`, scope),
          },
        };
  const content =
    more.content === undefined && schema === undefined
      ? undefined
      : merge(more.content ?? {}, model);
  const description = more.description || present.description || phraseOf(status);
  return { ...merge(present, defined({ headers, content })), description };
}

/** The name of a status, or of a range of them. */
export function phraseOf(status: string): string {
  return RANGES[status] ?? RENAMED[status] ?? STATUS_CODES[status] ?? 'Additional Response';
}

function titled(schema: Schema, name: string, scope: SchemaScope): SchemaObject {
  const written = scope.schema(schema);
  return '$ref' in written || (schema.kind === 'library' && 'title' in written)
    ? written
    : { ...written, title: titleOfId(name) };
}

/** `Response_read_items__get` → `Response Read Items  Get`, as Python titles it. */
function titleOfId(name: string): string {
  return name
    .replaceAll(/[A-Za-z]+/g, (word) => word[0]!.toUpperCase() + word.slice(1).toLowerCase())
    .replaceAll('_', ' ');
}

function hasBody(status: number): boolean {
  return status >= 200 && status !== 204 && status !== 205 && status !== 304;
}
