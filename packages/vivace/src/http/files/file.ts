import type { IncomingHttpHeaders } from 'node:http';
import fresh from 'fresh';
import { open, type FileHandle } from 'node:fs/promises';
import { resolve } from 'node:path';
import { HTTPException } from '../../errors/http-exception';
import { contentType, type FileContent, type Response } from '../../responses/response';
import { fileBody, type FileBody } from './file-body';
import { rangesOf } from './ranges';

/** An open file. */
export interface OpenFile {
  readonly name: string;
  readonly handle: FileHandle;
  /** In bytes. */
  readonly size: number;
  readonly modified: Date;
}

/** How a request for a file is answered; without a body the client has the file already. */
export interface FileAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: FileBody | undefined;
}

/** Opens a file to be sent; throws an error that names it. */
export async function openFile({ path, name }: FileContent): Promise<OpenFile> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path);
    const stats = await handle.stat();
    if (!stats.isFile()) throw new Error('it is not a file');
    return { name, handle, size: stats.size, modified: stats.mtime };
  } catch (cause) {
    await handle?.close();
    throw new Error(`FileResponse: ${resolve(path)} cannot be sent`, { cause });
  }
}

/** Settles what is sent of a file: all of it, parts, or nothing if the client has it; throws 416 for parts that do not exist. */
export function fileAnswer(
  response: Response,
  file: OpenFile,
  method: string,
  asked: IncomingHttpHeaders,
): FileAnswer {
  const { handle, size } = file;
  const headers = describe(file, response.headers);
  const conditional = response.status === 200 && (method === 'GET' || method === 'HEAD');
  if (
    conditional &&
    fresh(asked, {
      etag: headers.get('etag') ?? undefined,
      'last-modified': headers.get('last-modified') ?? undefined,
    })
  ) {
    headers.delete('content-type');
    return { status: 304, headers, body: undefined };
  }
  const ranges = conditional && method === 'GET' ? rangesOf(asked, headers, size) : undefined;
  if (ranges?.length === 0)
    throw new HTTPException(416, undefined, { headers: { 'content-range': `bytes */${size}` } });
  const body = fileBody(handle, size, ranges, headers.get('content-type') ?? '');
  for (const [name, value] of Object.entries(body.headers)) headers.set(name, value);
  headers.set('content-length', String(body.length));
  return { status: ranges === undefined ? response.status : 206, headers, body };
}

/** The headers of a response with what is known of its file. */
function describe({ name, size, modified }: OpenFile, given: Headers): Headers {
  const { lookup } = require('mime-types') as typeof import('mime-types');
  const headers = new Headers({
    'content-type': contentType(lookup(name) || 'application/octet-stream'),
    'accept-ranges': 'bytes',
    // A browser shows it as what its name says, and not as what is in it.
    'x-content-type-options': 'nosniff',
    'last-modified': modified.toUTCString(),
    etag: `"${modified.getTime().toString(16)}-${size.toString(16)}"`,
  });
  for (const [header, value] of given) {
    if (header === 'set-cookie') headers.append(header, value);
    else headers.set(header, value);
  }
  return headers;
}
