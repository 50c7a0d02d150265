/** Thrown by `receive` and `send` when the connection has ended, and to a test client that was refused or closed. */
export class WebSocketDisconnect extends Error {
  /**
   * @param code the code that the connection was closed with
   * @param reason the reason that was sent with it
   */
  constructor(
    readonly code = 1000,
    readonly reason = '',
  ) {
    super(`The WebSocket was closed with code ${code}${reason === '' ? '' : `: ${reason}`}`);
    this.name = 'WebSocketDisconnect';
  }
}
