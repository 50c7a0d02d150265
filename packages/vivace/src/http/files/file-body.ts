import { randomBytes } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { Range } from 'range-parser';

/** What is sent of a file. */
export interface FileBody {
  /** In bytes. */
  readonly length: number;
  readonly headers: Readonly<Record<string, string>>;
  /**
   * Reads it, and closes the file in the end.
   *
   * @param cut called if the file has become shorter, before the stream ends
   */
  stream(cut: () => void): Readable;
}

/** All of a file, one part, or several parts as one body. */
export function fileBody(
  handle: FileHandle,
  size: number,
  ranges: readonly Range[] | undefined,
  type: string,
): FileBody {
  if (ranges === undefined)
    return {
      length: size,
      headers: {},
      // A file that grows meanwhile is sent up to where it was.
      stream: (cut) =>
        size === 0
          ? Readable.from([]).once('close', () => void handle.close())
          : piece(handle, { start: 0, end: size - 1 }, cut),
    };
  const [first, ...others] = ranges;
  return first !== undefined && others.length === 0
    ? partOf(handle, size, first)
    : partsOf(handle, size, ranges, type);
}

function partOf(handle: FileHandle, size: number, range: Range): FileBody {
  return {
    length: lengthOf(range),
    headers: { 'content-range': textOf(range, size) },
    stream: (cut) => piece(handle, range, cut),
  };
}

/** What was promised of a file, unless it is cut while it is read. */
function piece(handle: FileHandle, range: Range, cut: () => void, autoClose = true): Readable {
  const stream = handle.createReadStream({ ...range, autoClose });
  return stream.once('end', () => stream.bytesRead < lengthOf(range) && cut());
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
  async function* chunks(cut: () => void): AsyncGenerator<string | Buffer, void, undefined> {
    for (const { head, range } of parts) {
      yield head;
      yield* piece(handle, range, cut, false);
    }
    yield end;
  }
  return {
    length: parts.reduce(
      (length, { head, range }) => length + Buffer.byteLength(head) + lengthOf(range),
      end.length,
    ),
    headers: { 'content-type': `multipart/byteranges; boundary=${boundary}` },
    stream: (cut) =>
      Readable.from(chunks(cut), { objectMode: false }).once('close', () => void handle.close()),
  };
}

const lengthOf = ({ start, end }: Range): number => end - start + 1;
const textOf = ({ start, end }: Range, size: number): string => `bytes ${start}-${end}/${size}`;
