import { BigIntType, type EntityProperty } from '@mikro-orm/core';
import { RevivedJson } from '../entities/revived-json';

/** How the values of a column go to the database and come back; as they are where nothing is said. */
export interface Codec {
  readonly read?: (value: never) => unknown;
  readonly write?: (value: never) => unknown;
}

/** `2026-11-30 05:22:38.377+00`; engines read the form of ISO 8601 fastest. */
function toInstant(text: string): Date {
  const at = text.length - 3;
  const isUtc = text.endsWith('+00');
  return new Date(isUtc ? `${text.slice(0, 10)}T${text.slice(11, at)}Z` : text);
}

const PLAIN: Codec = {};
const CODECS: ReadonlyMap<string, Codec> = new Map<string, Codec>([
  ['integer', PLAIN],
  ['double precision', PLAIN],
  ['boolean', PLAIN],
  ['text', PLAIN],
  ['uuid', PLAIN],
  ['date', PLAIN],
  ['time', PLAIN],
  ['numeric', PLAIN],
  ['varchar', PLAIN],
  ['text[]', PLAIN],
  ['int[]', PLAIN],
  ['timestamptz', { read: toInstant }],
  ['bytea', { read: (bytes: Uint8Array) => new Uint8Array(bytes) }],
]);

/** Undefined for a column that only the library knows how to read. */
export function codecOf(property: EntityProperty): Codec | undefined {
  const { customType } = property;
  const type = property.columnTypes[0]?.replace(/\(.*\)$/, '') ?? '';
  if (type === 'bigint' && customType instanceof BigIntType)
    return WHOLE[customType.mode ?? 'bigint'];
  if (type === 'jsonb' && customType instanceof RevivedJson)
    return { write: toJson, ...(customType.revive !== undefined && { read: customType.revive }) };
  return CODECS.get(type);
}

const WHOLE: Readonly<Record<string, Codec>> = {
  number: { read: Number },
  bigint: { read: BigInt, write: String },
};

function toJson(value: unknown): string {
  return JSON.stringify(value);
}
