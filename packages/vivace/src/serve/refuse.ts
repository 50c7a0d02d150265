import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { HTTPException } from '../errors/http-exception';
import { CONTENT } from '../responses/response';
import type { ErrorAnswers } from './error-answers';

/** Answers what is no HTTP, or comes too slowly, in the words of the application, and closes the connection. */
export function refuse(error: Error & { readonly code?: string }, socket: Socket, errors: ErrorAnswers): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  if (!socket.writable) return void socket.destroy();
  const status = error.code === 'HPE_HEADER_OVERFLOW' ? 431 : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
  const response = errors.expected(new HTTPException(status));
  const body = String(response[CONTENT]());
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    `content-type: ${response.headers.get('content-type')}`,
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}
