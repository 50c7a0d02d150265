import { createHash } from 'node:crypto';
import { CONTENT, Response } from '../responses/response';
import { bytesOf } from './content';

interface KeptResponse {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

/** A whole response as text for a store; undefined for streams and files. Cookies are for one client, and left out. */
export function storedResponse(response: Response): string | undefined {
  const bytes = bytesOf(response[CONTENT]());
  if (bytes === undefined) return undefined;
  const headers = [...response.headers].filter(([name]) => name !== 'set-cookie');
  return JSON.stringify({
    status: response.status,
    headers,
    body: bytes.toString('base64'),
  } satisfies KeptResponse);
}

export function responseOf(text: string): Response {
  const { status, headers, body } = JSON.parse(text) as KeptResponse;
  const response = new Response(Buffer.from(body, 'base64'), { status });
  for (const [name, value] of headers) response.headers.append(name, value);
  return response;
}

/** A name for some texts, of which none can be made to look like part of another. */
export function digestOf(...texts: readonly (string | null)[]): string {
  return createHash('sha256').update(JSON.stringify(texts)).digest('base64url');
}
