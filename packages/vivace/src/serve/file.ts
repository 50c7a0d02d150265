import type { FastifyReply } from 'fastify';
import { createReadStream, statSync, type ReadStream } from 'node:fs';
import { extname } from 'node:path';
import type { FileContent } from '../responses/response';

const MEDIA: Readonly<Record<string, string | undefined>> = {
  '.css': 'text/css; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.gif': 'image/gif',
  '.html': 'text/html; charset=utf-8',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.mp4': 'video/mp4',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
};

/** A file as it is sent, with its length, its date and a tag that changes with it. */
export function fileStream(reply: FastifyReply, { path }: FileContent): ReadStream {
  const { size, mtime } = statSync(path);
  if (!reply.hasHeader('content-type')) reply.header('content-type', MEDIA[extname(path).toLowerCase()] ?? 'application/octet-stream');
  reply.header('content-length', size);
  reply.header('last-modified', mtime.toUTCString());
  reply.header('etag', `"${mtime.getTime().toString(16)}-${size.toString(16)}"`);
  return createReadStream(path);
}
