import type { FastifyReply } from 'fastify';
import { Readable } from 'node:stream';
import { FileResponse } from '../responses/file-response';
import type { ChunkSequence } from '../responses/chunks';
import { CONTENT, HEAD, type FileContent, type Head, type Response } from '../responses/response';
import { fileAnswer, openFile } from './files/file';
import type { FileBody } from './files/file-body';
import { PassedResponse } from './passed-response';
import type { Chunk } from './stream/chunk-stream';
import { chunksOf, chunkStream, type Sending } from './stream/chunks';
import { dropUnread } from './unread-body';
import { listMembers } from '../text/ends';

const identity = (text: unknown): string => text as string;

/** Whether a response of this status has a body. */
export function hasBody(status: number): boolean {
  return status >= 200 && status !== 204 && status !== 205 && status !== 304;
}

/** What Fastify is to send of an answer without a body; for HEAD it would say a length of what is not there. */
function nothing({ request }: FastifyReply): Readable | undefined {
  return request.method === 'HEAD' ? Readable.from([]) : undefined;
}

/** Sets up the answer for text of a media type, and gives what Fastify is to send. */
export function prepareText(
  reply: FastifyReply,
  text: string,
  status: number,
  media: string,
): string | Readable | undefined {
  dropUnread(reply);
  if (status !== 200) {
    reply.code(status);
    if (!hasBody(status)) return nothing(reply);
  }
  // Without a serializer of its own Fastify would add a charset.
  reply.header('content-type', media).serializer(identity);
  return text;
}

/** Sets up the answer that a response object says, and gives what Fastify is to send: at once, or when it is there. */
export function prepareResponse(response: Response, sending: Sending): unknown {
  const chunks = chunksOf(response);
  if (chunks !== undefined) return prepareStream(response, chunks, sending);
  if (response instanceof FileResponse) return prepareFile(response, sending);
  const content = response[CONTENT]() as string | Uint8Array;
  const { reply } = sending;
  prepareHead(sending, response.status, response[HEAD]());
  if (!hasBody(response.status)) return nothing(reply);
  if (content.length === 0) return undefined;
  if (reply.hasHeader('content-type'))
    return typeof content === 'string'
      ? content
      : Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  // Fastify names a type for text and bytes that have none, but not for streams.
  const bytes = Buffer.from(content as string);
  reply.header('content-length', bytes.length);
  return Readable.from([bytes], { objectMode: false });
}

/** Makes sure that a response can be sent, while an error is still that of its handler. */
export async function readyResponse(response: Response): Promise<void> {
  const chunks = chunksOf(response);
  if (chunks !== undefined) await chunks.begin();
  else if (response instanceof FileResponse)
    await (await openFile(fileOf(response))).handle.close();
  else response[CONTENT]();
}

async function prepareStream(
  response: Response,
  chunks: ChunkSequence<Chunk>,
  sending: Sending,
): Promise<unknown> {
  const { reply } = sending;
  await chunks.begin();
  const silent = reply.sent || reply.request.method === 'HEAD' || !hasBody(response.status);
  if (silent) await chunks.close();
  if (reply.sent) return undefined;
  prepareHead(sending, response.status, response[HEAD]());
  if (silent) return hasBody(response.status) ? Readable.from([]) : nothing(reply);
  const stream = chunkStream(response, chunks, sending);
  // Node would keep the head back until there is a chunk.
  if (response instanceof PassedResponse) stream.once('resume', () => reply.raw.flushHeaders());
  return stream;
}

async function prepareFile(response: FileResponse, sending: Sending): Promise<unknown> {
  const { reply } = sending;
  const { method, headers } = reply.request;
  const file = await openFile(fileOf(response));
  let body: FileBody | undefined;
  try {
    if (reply.sent) return undefined;
    const answer = fileAnswer(response, file, method, headers);
    prepareHead(sending, answer.status, answer.headers);
    if (!hasBody(answer.status)) return nothing(reply);
    body = method === 'HEAD' ? undefined : answer.body;
    return body?.stream(() => cutShort(reply)) ?? Readable.from([]);
  } finally {
    if (body === undefined) await file.handle.close();
  }
}

/** Less than was promised would swallow the next answer of the connection. */
function cutShort(reply: FastifyReply): void {
  reply.log.warn('A file became shorter while it was sent: the connection is closed');
  reply.raw.destroy();
}

function fileOf(response: FileResponse): FileContent {
  return response[CONTENT]() as FileContent;
}

function prepareHead({ reply, beside }: Sending, status: number, head: Head): void {
  reply.code(status);
  dropUnread(reply);
  if (beside !== undefined) copyHeaders(reply, beside);
  if (typeof head === 'string') reply.header('content-type', head);
  else if (head !== null) copyHeaders(reply, head);
  reply.serializer(identity);
}

/** Fastify collects several `set-cookie`; what the answer varies by adds up; of every other header the last one counts. */
export function copyHeaders(reply: FastifyReply, headers: Headers): void {
  for (const [name, value] of headers) {
    if (name === 'vary') vary(reply, value);
    else if (!isFraming(name, value)) reply.header(name, value);
  }
}

/** Whether a header would say where an answer ends, which is up to Node, or says it in a way that nobody understands. */
function isFraming(name: string, value: string): boolean {
  return name === 'transfer-encoding' || (name === 'content-length' && !/^\d+$/.test(value));
}

/** Adds to what the answer varies by. */
export function vary(reply: FastifyReply, names: string): void {
  reply.header('vary', joinedNames(reply.getHeader('vary') as string | undefined, names));
}

/** The names of lists, each once. */
export function joinedNames(...lists: readonly (string | null | undefined)[]): string {
  const names = new Map<string, string>();
  for (const name of lists.flatMap((list) => listMembers(list ?? '')))
    if (!names.has(name.toLowerCase())) names.set(name.toLowerCase(), name);
  return [...names.values()].join(', ');
}
