import type { WebSocket } from '../declare/context-classes';

/** Who is told that a connection has ended. */
export interface EndListener {
  ended(socket: WebSocket): void;
}
