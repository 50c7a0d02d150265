/** Thrown by `receive` and `send` when the connection has ended, and to a test client that was refused or closed. */
export class WebSocketDisconnect extends Error {
  constructor(
    readonly code = 1000,
    readonly reason = '',
  ) {
    super(`The WebSocket was closed with code ${code}${reason === '' ? '' : `: ${reason}`}`);
    this.name = 'WebSocketDisconnect';
  }
}
