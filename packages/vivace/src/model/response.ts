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
import type { Class } from '../declare/class';
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
  const given = kind === 'chunks' ? undefined : schemaOf(source, returns?.type, types, builder);
  const schema = given === undefined || given.kind === 'bytes' ? given : inJson(given);
  const status = options.status ?? (responseClass === undefined ? 200 : (facts?.status ?? 200));
  checkEmpty(status, schema, where);
  return Object.freeze({
    status,
    description: options.responseDescription ?? 'Successful Response',
    schema,
    kind,
    type: responseClass,
    media:
      kind === 'lines'
        ? 'application/jsonl'
        : responseClass === undefined
          ? JSON_MEDIA
          : mediaOf(responseClass),
    filter: filterOf(options),
    freeEvents: membersOf(returns?.type).some((member) => isAnything(eventData(member) ?? 'null')),
  });
}

function schemaOf(
  { options, generics, where }: ResponseSource,
  returns: TypeData | undefined,
  types: Types,
  builder: SchemaBuilder,
): Schema | undefined {
  if (options.response !== undefined)
    return options.response === false ? undefined : builder.fromValue(options.response, where);
  const type = returns === undefined ? undefined : modelType(returns, types);
  return type === undefined ? undefined : builder.fromType(type, where, generics);
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
function modelType(type: TypeData, types: Types): TypeData | undefined {
  const members = membersOf(type).flatMap((member) => {
    const data = eventData(member);
    return data === undefined ? [member] : isAnything(data) ? [] : [data];
  });
  const classes = members.map((member) =>
    typeof member === 'object' && 'ref' in member ? types.classOf(member.ref) : undefined,
  );
  if (classes.some((one) => responseClassFacts(one) !== undefined)) return undefined;
  const kept = members.filter((_, index) => classes[index] !== (HTTPException as unknown as Class));
  const data = kept.filter(
    (member, index) =>
      kept.findIndex((other) => JSON.stringify(other) === JSON.stringify(member)) === index,
  );
  if (data.length === 0 || data.some(isAnything)) return undefined;
  if (data.every((member) => member === 'null' || member === 'undefined' || member === 'void'))
    return undefined;
  if (
    data.some(
      (member) =>
        typeof member === 'object' && 'builtin' in member && member.builtin === 'Response',
    )
  )
    return undefined;
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
