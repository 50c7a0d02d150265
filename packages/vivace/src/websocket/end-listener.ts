import type { WebSocket } from '../declare/context-classes';

/** Who is told that a connection has ended. */
export interface EndListener {
  ended(socket: WebSocket): void;
}

/** All of them. Most connections have one, for which a set would be much memory. */
export type EndListeners = EndListener | Set<EndListener> | undefined;

export function withListener(listeners: EndListeners, listener: EndListener): EndListeners {
  if (listeners === undefined || listeners === listener) return listener;
  return listeners instanceof Set ? listeners.add(listener) : new Set([listeners, listener]);
}

export function tellAll(listeners: EndListeners, socket: WebSocket): void {
  if (listeners instanceof Set) for (const listener of listeners) listener.ended(socket);
  else listeners?.ended(socket);
}
