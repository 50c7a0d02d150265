import { randomBytes } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { Range } from 'range-parser';

/** What is sent of a file. */
export interface FileBody {
  /** In bytes. */
  readonly length: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Reads it, and closes the file in the end. */
  stream(): Readable;
}

/** All of a file, one part, or several parts as one body. */
export function fileBody(
  handle: FileHandle,
  size: number,
  ranges: readonly Range[] | undefined,
  type: string,
): FileBody {
  if (ranges === undefined)
    return { length: size, headers: {}, stream: () => handle.createReadStream() };
  const [first, ...others] = ranges;
  return first !== undefined && others.length === 0
    ? partOf(handle, size, first)
    : partsOf(handle, size, ranges, type);
}

function partOf(handle: FileHandle, size: number, range: Range): FileBody {
  return {
    length: lengthOf(range),
    headers: { 'content-range': textOf(range, size) },
    stream: () => handle.createReadStream({ ...range }),
  };
}

/** `multipart/byteranges`, as RFC 9110 has it in 14.6. */
function partsOf(
  handle: FileHandle,
  size: number,
  ranges: readonly Range[],
  type: string,
): FileBody {
  const boundary = randomBytes(12).toString('hex');
  const parts = ranges.map((range) => ({
    head: `\r\n--${boundary}\r\ncontent-type: ${type}\r\ncontent-range: ${textOf(range, size)}\r\n\r\n`,
    range,
  }));
  const end = `\r\n--${boundary}--\r\n`;
  async function* chunks(): AsyncGenerator<string | Buffer, void, undefined> {
    for (const { head, range } of parts) {
      yield head;
      yield* handle.createReadStream({ ...range, autoClose: false }) as AsyncIterable<Buffer>;
    }
    yield end;
  }
  return {
    length: parts.reduce(
      (length, { head, range }) => length + Buffer.byteLength(head) + lengthOf(range),
      end.length,
    ),
    headers: { 'content-type': `multipart/byteranges; boundary=${boundary}` },
    stream: () =>
      Readable.from(chunks(), { objectMode: false }).once('close', () => void handle.close()),
  };
}

const lengthOf = ({ start, end }: Range): number => end - start + 1;
const textOf = ({ start, end }: Range, size: number): string => `bytes ${start}-${end}/${size}`;
