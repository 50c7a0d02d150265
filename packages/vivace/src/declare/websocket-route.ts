import { classOf, declare } from './declarations';
import type { Needs } from './provided';
import { named, callSite } from './call-site';

/**
 * A method that serves a WebSocket.
 *
 * @example
 * @WebSocketRoute('/chat/:room') async chat(room: string, socket: WebSocket) {}
 */
export function WebSocketRoute(path = '', options: SocketOptions = {}): SocketDecorator {
  const at = callSite(WebSocketRoute);
  return (target, key) => {
    const type = classOf(target);
    const where = named(at, { type: type.name, member: String(key) });
    declare(type, {
      sockets: [
        Object.freeze({ key: String(key), path, options: Object.freeze({ ...options }), where }),
      ],
    });
  };
}

/** What a WebSocket says about itself. */
export interface SocketOptions {
  /** Dependencies that run for their effect, such as guards, before the handshake is accepted. */
  dependencies?: readonly Needs[];
  /**
   * The name that `urlFor` knows it by.
   * @default the name of the method
   */
  name?: string;
}
export type SocketDecorator = <F extends (...args: never[]) => void | Promise<void>>(
  target: object,
  key: string | symbol,
  descriptor: TypedPropertyDescriptor<F>,
) => void;
