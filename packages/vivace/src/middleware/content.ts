import { Response, type Content } from '../responses/response';

/** The bytes of a content that is whole; undefined for streams and files. */
export function bytesOf(content: Content): Buffer | undefined {
  if (typeof content === 'string') return Buffer.from(content);
  return content instanceof Uint8Array
    ? Buffer.from(content.buffer, content.byteOffset, content.byteLength)
    : undefined;
}

/** A new response with what another one says, but for the length of its content. */
export function withContent(said: Response, content: Uint8Array | Response | null): Response {
  const response = content instanceof Response ? content : new Response(content);
  response.status = said.status;
  for (const [name, value] of said.headers)
    if (name !== 'content-length') response.headers.append(name, value);
  return response;
}

/** Whether a list in a header, such as `Cache-Control`, has a directive. */
export function hasDirective(header: string | null, ...names: readonly string[]): boolean {
  return (header ?? '')
    .toLowerCase()
    .split(',')
    .some((directive) => names.includes(directive.trim().split('=')[0]!));
}
