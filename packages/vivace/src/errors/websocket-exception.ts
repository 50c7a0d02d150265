/**
 * Thrown to close a WebSocket with a code.
 *
 * @example
 * throw new WebSocketException(1008, 'no token');
 */
export class WebSocketException extends Error {
  /**
   * @param code the code that the connection is closed with
   * @param reason the reason that is sent with it, at most 123 bytes
   */
  constructor(
    readonly code: number,
    readonly reason = '',
  ) {
    super(reason === '' ? `Closed with code ${code}` : reason);
    this.name = 'WebSocketException';
  }
}
