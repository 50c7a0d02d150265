import type { FastifyReply } from 'fastify';
import { Readable } from 'node:stream';
import { CONTENT, type Response } from '../responses/response';
import { fileStream } from './file';

const identity = (text: unknown): string => text as string;

/** Whether a response of this status has a body. */
export function hasBody(status: number): boolean {
  return status >= 200 && status !== 204 && status !== 205 && status !== 304;
}

/** Sets up the answer for text of a media type, and gives what Fastify is to send. */
export function prepareText(reply: FastifyReply, text: string, status: number, media: string): string | undefined {
  if (status !== 200) {
    reply.code(status);
    if (!hasBody(status)) return undefined;
  }
  // Without a serializer of its own Fastify would add a charset.
  reply.header('content-type', media).serializer(identity);
  return text;
}

/** Sets up the answer that a response object says, and gives what Fastify is to send. */
export function prepareResponse(reply: FastifyReply, response: Response): unknown {
  reply.code(response.status);
  copyHeaders(reply, response.headers);
  reply.serializer(identity);
  return payloadOf(reply, response);
}

/** Fastify collects several `set-cookie`; what the answer varies by adds up; of every other header the last one counts. */
export function copyHeaders(reply: FastifyReply, headers: Headers): void {
  for (const [name, value] of headers) {
    if (name === 'vary') vary(reply, value);
    else reply.header(name, value);
  }
}

/** Adds to what the answer varies by. */
export function vary(reply: FastifyReply, names: string): void {
  const known = reply.getHeader('vary');
  reply.header('vary', known === undefined ? names : joinedNames(`${known}, ${names}`));
}

/** The names of a list, each once. */
export function joinedNames(list: string): string {
  const names = new Map<string, string>();
  for (const name of list.split(/\s*,\s*/)) if (!names.has(name.toLowerCase())) names.set(name.toLowerCase(), name);
  return [...names.values()].join(', ');
}

/** What Fastify sends for the content of a response: text, bytes, a stream, or nothing. */
export function payloadOf(reply: FastifyReply, response: Response): string | Buffer | Readable | undefined {
  if (!hasBody(response.status)) return undefined;
  const content = response[CONTENT]();
  if (typeof content === 'string' || content instanceof Uint8Array) {
    if (content.length === 0) return undefined;
    if (reply.hasHeader('content-type'))
      return typeof content === 'string' ? content : Buffer.from(content.buffer, content.byteOffset, content.byteLength);
    // Fastify names a type for text and bytes that have none, but not for streams.
    const bytes = Buffer.from(content as string);
    reply.header('content-length', bytes.length);
    return Readable.from([bytes], { objectMode: false });
  }
  if ('path' in content) return fileStream(reply, content);
  return content instanceof Readable ? content : Readable.from(bytesOf(content), { objectMode: false });
}

async function* bytesOf(
  pieces: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const piece of pieces) yield typeof piece === 'string' ? Buffer.from(piece) : piece;
}
