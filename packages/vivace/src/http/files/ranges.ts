import type { IncomingHttpHeaders } from 'node:http';
import { combineRanges, parse, type Range } from 'range-parser';

/** More parts than this cost more than the whole. */
const MAX_PARTS = 16;

/** The parts of a file that a request asks for: undefined means the whole, none that there are no such parts. */
export function rangesOf(
  request: IncomingHttpHeaders,
  file: Headers,
  size: number,
): readonly Range[] | undefined {
  const { range, 'if-range': condition } = request;
  if (range === undefined || !holds(condition, file)) return undefined;
  const { type, code, ranges } = parse(size, range);
  // What is malformed, or of another unit, is as if it were not there (RFC 9110, 14.2).
  if (type !== 'bytes' || (code & 1) === 1) return undefined;
  const parts = combineRanges(ranges);
  return parts.length > MAX_PARTS ? undefined : parts;
}

/** `If-Range`: parts only of the version that the client has. */
function holds(condition: string | string[] | undefined, file: Headers): boolean {
  return (
    condition === undefined ||
    condition === file.get('etag') ||
    condition === file.get('last-modified')
  );
}
