import { HTTPException } from '../errors/http-exception';
import type { TypeData } from '../reflect/type-data';
import type { Types } from '../reflect/types';
import { responseClassFacts } from '../responses/response-class';

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
  'Gzip',
  'Gunzip',
  'Deflate',
  'DeflateRaw',
  'Inflate',
  'InflateRaw',
  'Unzip',
  'BrotliCompress',
  'BrotliDecompress',
];
/** What says nothing of its values. */
const OPEN: ReadonlySet<TypeData> = new Set(['any', 'unknown', 'object']);
const SERVER_SENT_EVENT = /^vivace\/.*#ServerSentEvent$/;

/** What a handler gives, or the items of its stream. */
export interface Returned {
  readonly type: TypeData;
  readonly stream: boolean;
}

/**
 * The type inside promises and streams.
 *
 * @param written false: it is inferred, and whether it is a stream is told by the object that is returned
 */
export function returnedOf(type: TypeData, generator: boolean, written: boolean): Returned {
  const awaited = settled(type);
  if (typeof awaited === 'string' || !('builtin' in awaited))
    return { type: awaited, stream: false };
  const { builtin, args } = awaited;
  const stream = generator
    ? STREAMS.has(builtin) || builtin.startsWith('Iterable')
    : written && STREAMS.has(builtin);
  return { type: stream ? (args?.[0] ?? 'unknown') : awaited, stream };
}

/** The type of what is awaited; also where only one of several is a promise. */
function settled(type: TypeData): TypeData {
  if (typeof type === 'string') return type;
  if ('union' in type) return { union: type.union.map(settled).flatMap(membersOf) };
  return 'builtin' in type && (type.builtin === 'Promise' || type.builtin === 'PromiseLike')
    ? settled(type.args?.[0] ?? 'unknown')
    : type;
}

/** The part of a return type that is a model; undefined where there is none, or where a response is returned as it is. */
export function modelType(returned: readonly TypeData[], types: Types): TypeData | undefined {
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
  const written = data.map(inJson);
  return written.length === 1 ? written[0] : { union: written };
}

/** A returned type as JSON has it: undefined is null, alone and among the items of a list. */
function inJson(type: TypeData): TypeData {
  if (isNothing(type)) return 'null';
  if (typeof type !== 'object') return type;
  if ('array' in type) return { array: inJson(type.array) };
  return 'union' in type ? { union: type.union.map(inJson) } : type;
}

export function membersOf(type: TypeData | undefined): readonly TypeData[] {
  if (type === undefined) return [];
  return typeof type === 'object' && 'union' in type ? type.union : [type];
}

/** The model of what a method gives when it is awaited, undefined left out; undefined where there is none. */
export function awaitedModel(returns: TypeData, types: Types): TypeData | undefined {
  const given = membersOf(returnedOf(returns, false, true).type);
  return modelType(
    given.filter((member) => member !== 'undefined' && member !== 'void'),
    types,
  );
}

/** One of several types that says nothing of its values. */
export function openPartOf(types: readonly TypeData[]): TypeData | undefined {
  return types.find((type) => OPEN.has(type));
}

/** Whether the data of an event may be anything. */
export function hasFreeEvents(type: TypeData | undefined): boolean {
  return membersOf(type).some((member) => isAnything(eventData(member) ?? 'null'));
}

/** `ServerSentEvent<Item>` carries an Item. */
function eventData(type: TypeData): TypeData | undefined {
  return typeof type === 'object' && 'ref' in type && SERVER_SENT_EVENT.test(type.ref)
    ? (type.args?.[0] ?? 'unknown')
    : undefined;
}

export function isNothing(type: TypeData): boolean {
  return type === 'null' || type === 'undefined' || type === 'void';
}

/** A stream of the web platform or of Node, or a `Blob`. */
export function givesBytes(type: TypeData): boolean {
  const name = platformName(type);
  return name !== undefined && STREAMS_OF_BYTES.includes(name);
}

/** The name of a class that is no data: one that the framework knows, or one of Node or of a library. */
function platformName(type: TypeData): string | undefined {
  if (typeof type === 'string') return undefined;
  if ('builtin' in type) return type.builtin;
  if ('foreign' in type) return type.foreign;
  return 'unsupported' in type ? type.unsupported : undefined;
}

function isAnything(type: TypeData): boolean {
  return type === 'any' || type === 'unknown' || type === 'never';
}
