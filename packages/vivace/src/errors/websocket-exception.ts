/**
 * Thrown to close a WebSocket with a code.
 *
 * @example
 * throw new WebSocketException(1008, 'no token');
 */
export class WebSocketException extends Error {
  constructor(
    readonly code: number,
    readonly reason = '',
  ) {
    super(reason === '' ? `Closed with code ${code}` : reason);
    this.name = 'WebSocketException';
  }
}
