import type { FastifyRequest } from 'fastify';
import type { FileResponse } from '../responses/file-response';
import { CONTENT, type FileContent } from '../responses/response';
import { StreamingResponse } from '../responses/streaming-response';
import { fileAnswer, openFile } from '../http/files/file';
import type { FileBody } from '../http/files/file-body';

/** A whole file as a stream, if it is wanted so; undefined for parts of it, and where the client has it already. */
export async function wholeFile(
  response: FileResponse,
  { method, headers: asked }: FastifyRequest,
  wanted: (file: { readonly size: number; readonly headers: Headers }) => boolean,
): Promise<StreamingResponse | undefined> {
  if (response.status !== 200 || asked.range !== undefined) return undefined;
  const file = await openFile(response[CONTENT]() as FileContent);
  const { headers, body } = fileAnswer(response, file, method, asked);
  if (body !== undefined && wanted({ size: file.size, headers })) {
    const whole = new StreamingResponse(uncut(body));
    for (const [name, value] of headers) whole.headers.append(name, value);
    return whole;
  }
  await file.handle.close();
  return undefined;
}

/** Breaks off where the file ends before its time, so that nobody takes the beginning for all of it. */
async function* uncut(body: FileBody): AsyncGenerator<Uint8Array, void, undefined> {
  let cut = false;
  yield* body.stream(() => (cut = true));
  if (cut) throw new Error('A file became shorter while it was sent.');
}
