import type { ResponseClass } from '../declare/options/layer-options';
import { present } from '../declare/present';
import { mediaOf, responseClassFacts } from '../responses/response-class';
import { BootError } from '../errors/boot-error';
import { HTTPException } from '../errors/http-exception';
import type { Where } from '../errors/where';
import type { MethodData, TypeData } from '../reflect/type-data';
import type { Types } from '../reflect/types';
import type { SchemaBuilder } from '../schema/builder';
import { inJson } from '../schema/constraints';
import { schemaInGroups } from '../schema/groups';
import type { Schema } from '../schema/schema';
import type { FieldFilter } from '../declare/options/field-filter';
import type { ResponsePlan } from './model';
import type { OperationOptions } from '../declare/options/operation-options';

const STREAMS = new Set([
  'AsyncIterable',
  'AsyncGenerator',
  'AsyncIterableIterator',
  'AsyncIterator',
  'Generator',
]);
const STREAMS_OF_BYTES = [
  'Blob',
  'File',
  'ReadableStream',
  'Readable',
  'ReadStream',
  'Duplex',
  'Transform',
  'PassThrough',
  'IncomingMessage',
];
/** The media type of bytes of which nobody says more. */
export const BYTES = 'application/octet-stream';
const SERVER_SENT_EVENT = /^vivace\/.*#ServerSentEvent$/;
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

/** What an operation answers: the option `response`, else the return type if it is written, else anything. */
export function responseOf(
  source: ResponseSource,
  types: Types,
  builder: SchemaBuilder,
): ResponsePlan {
  const { options, responseClass, where } = source;
  const facts = responseClassFacts(responseClass);
  const returns = source.method?.written
    ? unwrap(source.method.returns, source.method.generator === true || source.generator)
    : undefined;
  const streams = source.generator || returns?.stream === true;
  const kind = !streams ? 'json' : (facts?.stream ?? 'lines');
  const { schema: whole, raw } =
    kind === 'chunks' ? ANYTHING : declared(source, kind, returns?.type, types, builder);
  const schema = whole && schemaInGroups(whole, options.groups);
  const status = options.status ?? (responseClass === undefined ? 200 : (facts?.status ?? 200));
  checkEmpty(status, schema, where);
  return Object.freeze({
    status,
    description: options.responseDescription ?? 'Successful Response',
    schema,
    kind,
    type: responseClass,
    media: kind === 'lines' ? 'application/jsonl' : mediaFor(responseClass, raw),
    raw,
    filter: filterOf(options),
    freeEvents: membersOf(returns?.type).some((member) => isAnything(eventData(member) ?? 'null')),
  });
}

type Declared = Pick<ResponsePlan, 'schema' | 'raw'>;

const ANYTHING: Declared = { schema: undefined, raw: 'may' };

function mediaFor(type: ResponseClass | undefined, raw: Declared['raw']): string | null {
  if (type !== undefined) return mediaOf(type);
  return raw === 'only' ? BYTES : JSON_MEDIA;
}

/** The response model, and whether bytes may be sent as they are. */
function declared(
  { options, generics, where }: ResponseSource,
  kind: ResponsePlan['kind'],
  returns: TypeData | undefined,
  types: Types,
  builder: SchemaBuilder,
): Declared {
  if (options.response === false) return ANYTHING;
  if (options.response !== undefined)
    return modelled(builder.fromValue(options.response, where), kind, 'no');
  const members = membersOf(returns);
  const data = members.filter((member) => kind !== 'json' || !givesBytes(member));
  const raw = data.length < members.length;
  if (raw && data.length === 0) return { schema: undefined, raw: 'only' };
  if (raw && data.every(isNothing)) return { schema: { kind: 'null' }, raw: 'may' };
  const type = data.length === 0 ? undefined : modelType(data, types);
  if (type === undefined) return ANYTHING;
  return modelled(builder.fromType(type, where, generics), kind, raw ? 'may' : 'no');
}

/** Bytes alone are sent as they are; inside JSON, and among the items of a stream, they are base64. */
function modelled(schema: Schema, kind: ResponsePlan['kind'], raw: Declared['raw']): Declared {
  if (kind === 'json' && schema.kind === 'bytes') return { schema: undefined, raw: 'only' };
  if (kind !== 'json' || schema.kind !== 'union') return { schema: inJson(schema), raw };
  const others = schema.members.filter((member) => member.kind !== 'bytes');
  if (others.length === schema.members.length) return { schema: inJson(schema), raw };
  const [first = schema, ...more] = others;
  return { schema: inJson(more.length === 0 ? first : { ...schema, members: others }), raw: 'may' };
}

/** The type inside promises and streams. */
function unwrap(
  type: TypeData,
  generator: boolean,
): { readonly type: TypeData; readonly stream: boolean } {
  if (typeof type === 'string' || !('builtin' in type)) return { type, stream: false };
  const inner = type.args?.[0] ?? 'unknown';
  if (type.builtin === 'Promise' || type.builtin === 'PromiseLike') return unwrap(inner, generator);
  return STREAMS.has(type.builtin) || (generator && type.builtin.startsWith('Iterable'))
    ? { type: inner, stream: true }
    : { type, stream: false };
}

/** The part of a return type that is a model; undefined where there is none, or where a response is returned as it is. */
function modelType(returned: readonly TypeData[], types: Types): TypeData | undefined {
  const members = returned.flatMap((member) => {
    const data = eventData(member);
    return data === undefined ? [member] : isAnything(data) ? [] : [data];
  });
  const classes = members.map((member) =>
    typeof member === 'object' && 'ref' in member ? types.classOf(member.ref) : undefined,
  );
  if (classes.some((one) => responseClassFacts(one) !== undefined)) return undefined;
  const kept = members.filter((_, index) => classes[index] !== (HTTPException as unknown));
  const data = kept.filter(
    (member, index) =>
      kept.findIndex((other) => JSON.stringify(other) === JSON.stringify(member)) === index,
  );
  if (data.length === 0 || data.some(isAnything) || data.every(isNothing)) return undefined;
  if (data.some((member) => platformName(member) === 'Response')) return undefined;
  const written = data.map((member) =>
    member === 'undefined' || member === 'void' ? 'null' : member,
  );
  return written.length === 1 ? written[0] : { union: written };
}

function membersOf(type: TypeData | undefined): readonly TypeData[] {
  if (type === undefined) return [];
  return typeof type === 'object' && 'union' in type ? type.union : [type];
}

/** `ServerSentEvent<Item>` carries an Item. */
function eventData(type: TypeData): TypeData | undefined {
  return typeof type === 'object' && 'ref' in type && SERVER_SENT_EVENT.test(type.ref)
    ? (type.args?.[0] ?? 'unknown')
    : undefined;
}

function isNothing(type: TypeData): boolean {
  return type === 'null' || type === 'undefined' || type === 'void';
}

/** A stream of the web platform or of Node, or a `Blob`. */
function givesBytes(type: TypeData): boolean {
  const name = platformName(type);
  return name !== undefined && STREAMS_OF_BYTES.includes(name);
}

/** The name of a class that is no data: one that the framework knows, or one of Node or of a library. */
function platformName(type: TypeData): string | undefined {
  if (typeof type === 'string') return undefined;
  return 'builtin' in type ? type.builtin : 'unsupported' in type ? type.unsupported : undefined;
}

function isAnything(type: TypeData): boolean {
  return type === 'any' || type === 'unknown' || type === 'never';
}

function checkEmpty(status: number, schema: Schema | undefined, where: Where): void {
  if (schema === undefined || !(status < 200 || status === 204 || status === 205 || status === 304))
    return;
  throw new BootError(
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
