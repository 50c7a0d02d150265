import { CONTENT, type Response } from '../responses/response';

const copies = new WeakSet<Response>();

/**
 * A response that belongs to one request.
 *
 * A program may give one object to many requests; a session cookie that middleware writes into it must not reach the next of them.
 */
export function requestCopy<T extends Response>(response: T): T {
  if (copies.has(response)) return response;
  // Private fields stay with the original, so the copy asks it for its content.
  const copy = Object.create(response, {
    status: { value: response.status, writable: true, enumerable: true },
    headers: { value: new Headers(response.headers), enumerable: true },
    [CONTENT]: { value: () => response[CONTENT]() },
  }) as T;
  copies.add(copy);
  return copy;
}
