import type { SocketOptions } from './options/operation-options';
import { classOf, declare } from './class-facts';
import { named, callSite } from './call-site';
import { Placement } from './placement';

const placement = new Placement(
  'WebSocketRoute',
  ['a method'],
  "`@WebSocketRoute('/chat') chat(socket: WebSocket) { … }`",
);

/**
 * A method that serves a WebSocket.
 *
 * @example
 * @WebSocketRoute('/chat/:room') async chat(room: string, socket: WebSocket) {}
 */
export function WebSocketRoute(path = '', options: SocketOptions = {}): SocketDecorator {
  placement.checkCalled(arguments, WebSocketRoute);
  const at = callSite(WebSocketRoute);
  return (target, key, descriptor) => {
    placement.check([target, key, descriptor], at);
    const type = classOf(target);
    const where = named(at, { type: type.name, member: String(key) });
    declare(type, {
      sockets: [
        Object.freeze({ key: String(key), path, options: Object.freeze({ ...options }), where }),
      ],
    });
  };
}

export type SocketDecorator = <F extends (...args: never[]) => void | Promise<void>>(
  target: object,
  key: string | symbol,
  descriptor: TypedPropertyDescriptor<F>,
) => void;
