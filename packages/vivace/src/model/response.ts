import type { ResponseClass } from '../declare/options/layer-options';
import { present } from '../declare/present';
import { mediaOf, responseClassFacts } from '../responses/response-class';
import { BootError } from '../errors/boot-error';
import type { Where } from '../errors/where';
import type { MethodData, TypeData } from '../reflect/type-data';
import type { Types } from '../reflect/types';
import type { SchemaBuilder } from '../schema/builder';
import { inJson } from '../schema/constraints';
import { schemaInGroups } from '../schema/groups';
import type { Schema } from '../schema/schema';
import type { FieldFilter } from '../declare/options/field-filter';
import type { InferredModels } from './inferred-models';
import type { ResponsePlan } from './model';
import type { OperationOptions } from '../declare/options/operation-options';
import {
  givesBytes,
  hasFreeEvents,
  isNothing,
  membersOf,
  modelType,
  openPartOf,
  returnedOf,
  type Returned,
} from './return-type';

/** The media type of bytes of which nobody says more. */
export const BYTES = 'application/octet-stream';
const JSON_MEDIA = 'application/json';

export interface ResponseSource {
  readonly options: OperationOptions;
  readonly responseClass: ResponseClass | undefined;
  readonly call: Function;
  readonly method: MethodData | undefined;
  readonly generics: ReadonlyMap<string, TypeData>;
  readonly generator: boolean;
  readonly where: Where;
}

/** What the types of one build tell of answers. */
interface ResponseContext {
  readonly types: Types;
  readonly builder: SchemaBuilder;
  /** Undefined where only written return types count. */
  readonly inferred: InferredModels | undefined;
}

/** What an operation answers: the option `response`, else the return type, else anything. */
export function responseOf(source: ResponseSource, context: ResponseContext): ResponsePlan {
  const { options, responseClass, method, where } = source;
  const facts = responseClassFacts(responseClass);
  const status = options.status ?? (responseClass === undefined ? 200 : (facts?.status ?? 200));
  const isEmpty = status < 200 || status === 204 || status === 205 || status === 304;
  const written = method?.written === true;
  const returned =
    method !== undefined && (written || context.inferred !== undefined)
      ? returnedOf(method.returns, method.generator === true || source.generator, written)
      : undefined;
  const streams = source.generator || returned?.stream === true;
  const kind = !streams ? 'json' : (facts?.stream ?? 'lines');
  // What is inferred for an empty answer, such as the boolean of a deletion, is not meant as one.
  const counts = kind !== 'chunks' && (written || !isEmpty || options.response !== undefined);
  const read = counts ? declared(source, kind, returned, context) : ANYTHING;
  const { raw, unread } = read;
  const schema = read.schema && schemaInGroups(read.schema, options.groups);
  if (isEmpty && schema !== undefined) throw emptyResponse(status, where);
  return Object.freeze({
    status,
    description: options.responseDescription ?? 'Successful Response',
    schema,
    unread,
    kind,
    type: responseClass,
    media: kind === 'lines' ? 'application/jsonl' : mediaFor(responseClass, raw),
    raw,
    filter: filterOf(options),
    freeEvents: hasFreeEvents(returned?.type),
  });
}

type Declared = Pick<ResponsePlan, 'schema' | 'raw' | 'unread'>;

const ANYTHING: Declared = { schema: undefined, raw: 'may', unread: undefined };

function mediaFor(type: ResponseClass | undefined, raw: Declared['raw']): string | null {
  if (type !== undefined) return mediaOf(type);
  return raw === 'only' ? BYTES : JSON_MEDIA;
}

/** The response model, and whether bytes may be sent as they are. */
function declared(
  source: ResponseSource,
  kind: ResponsePlan['kind'],
  returned: Returned | undefined,
  context: ResponseContext,
): Declared {
  const { options, where } = source;
  if (options.response === false) return ANYTHING;
  if (options.response !== undefined)
    return modelled(context.builder.fromValue(options.response, where), kind, 'no');
  const members = membersOf(returned?.type);
  const data = members.filter((member) => kind !== 'json' || !givesBytes(member));
  const raw = data.length < members.length;
  if (raw && data.length === 0) return { ...ANYTHING, raw: 'only' };
  if (raw && data.every(isNothing)) return { ...ANYTHING, schema: { kind: 'null' } };
  const read = data.length === 0 ? undefined : modelOf(source, data, context);
  if (read === undefined) return ANYTHING;
  if ('unread' in read) return { ...ANYTHING, unread: read.unread };
  return modelled(read, kind, raw ? 'may' : 'no');
}

/** The model that a return type makes; of an inferred one that makes none, the reason. */
function modelOf(
  { method, generics, where }: ResponseSource,
  data: readonly TypeData[],
  { types, builder, inferred }: ResponseContext,
): Schema | { readonly unread: string } | undefined {
  const type = () => modelType(data, types);
  if (method?.written === true || inferred === undefined) {
    const written = type();
    return written && builder.fromType(written, where, generics);
  }
  const open = openPartOf(data);
  if (open !== undefined) return { unread: `it is ${String(open)}` };
  return inferred.read(type, where, generics);
}

/** Bytes alone are sent as they are; inside JSON, and among the items of a stream, they are base64. */
function modelled(schema: Schema, kind: ResponsePlan['kind'], raw: Declared['raw']): Declared {
  const plan = { ...ANYTHING, raw };
  if (kind === 'json' && schema.kind === 'bytes') return { ...plan, raw: 'only' };
  if (kind !== 'json' || schema.kind !== 'union') return { ...plan, schema: inJson(schema) };
  const others = schema.members.filter((member) => member.kind !== 'bytes');
  if (others.length === schema.members.length) return { ...plan, schema: inJson(schema) };
  const [first = schema, ...more] = others;
  return {
    ...ANYTHING,
    schema: inJson(more.length === 0 ? first : { ...schema, members: others }),
  };
}

function emptyResponse(status: number, where: Where): BootError {
  return new BootError(
    'RESPONSE_EMPTY',
    where,
    `The status ${status} has no body, but the operation has a response model.`,
    'the return type void, or another status',
  );
}

function filterOf({
  include,
  exclude,
  excludeUnset,
  excludeDefaults,
  excludeNone,
  byAlias,
}: OperationOptions): FieldFilter {
  return Object.freeze(
    present({ include, exclude, excludeUnset, excludeDefaults, excludeNone, byAlias }),
  );
}
