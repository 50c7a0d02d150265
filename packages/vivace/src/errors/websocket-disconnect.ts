/** Thrown by `receive` when the client has left. */
export class WebSocketDisconnect extends Error {
  constructor(
    readonly code = 1000,
    readonly reason = '',
  ) {
    super(`The client closed the WebSocket with code ${code}`);
    this.name = 'WebSocketDisconnect';
  }
}
