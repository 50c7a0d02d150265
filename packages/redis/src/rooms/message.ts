/** What is sent to a room, as all processes hear it. */
export interface Message {
  /** No two messages have one. */
  readonly id: string;
  readonly data: string | Uint8Array;
}

const TEXT = 0;
const BYTES = 1;

/** A byte for the kind, one for the length of the id, the id, and the data. */
export function encodeMessage({ id, data }: Message): Buffer {
  const isText = typeof data === 'string';
  const head = Buffer.from([isText ? TEXT : BYTES, id.length]);
  return Buffer.concat([head, Buffer.from(id), isText ? Buffer.from(data) : data]);
}

export function decodeMessage(encoded: Buffer): Message {
  const end = 2 + encoded[1]!;
  const id = encoded.toString('utf8', 2, end);
  const data = encoded.subarray(end);
  return { id, data: encoded[0] === TEXT ? data.toString() : new Uint8Array(data) };
}
