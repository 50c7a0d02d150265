import { Rooms, type WebSocket } from '../declare/context-classes';
import { BootError } from '../errors/boot-error';
import type { AppModel } from '../model/model';
import { walk, walkOperation } from '../model/graph/walk';
import type { EndListener } from './end-listener';
import { ServerSocket } from './websocket';

/** Bytes that may wait for a member before a broadcast lets the event loop write some. */
const HIGH_WATER = 64 * 1024;

/** Refuses rooms of one process where there are several: a broadcast would miss the clients of the others. */
export function checkRooms({ operations, sockets, entries, singletons }: AppModel): void {
  const nodes = [
    ...singletons,
    ...[...operations, ...sockets].flatMap(({ root, effects }) => walkOperation(root, effects)),
    ...walk(entries.map(({ root }) => root)),
  ];
  const member = nodes.find(({ inputs }) =>
    inputs.some((input) => input.kind === 'context' && input.of === 'rooms'),
  );
  if (member === undefined) return;
  throw new BootError(
    'ROOMS_IN_CLUSTER',
    member.where,
    `${member.name} needs Rooms, which are in the memory of this process, but this is one of several processes.`,
    'an extension whose rooms reach the other processes, such as redis() of @vivace/redis with a REDIS_URL, or database() of @vivace/sql; or provide(Rooms, …) with such rooms; or one process',
  );
}

/**
 * The rooms of one process.
 *
 * @example
 * const here = new MemoryRooms();
 * listener.on('message', ({ room, data }) => here.broadcast(room, data));
 */
export class MemoryRooms extends Rooms implements EndListener {
  readonly #members = new Map<string, Set<WebSocket>>();
  /** Most members are in one room, for which a set would be much. */
  readonly #rooms = new WeakMap<WebSocket, string | Set<string>>();

  override join(room: string, socket: WebSocket): void {
    const rooms = this.#rooms.get(socket);
    if (rooms instanceof Set) rooms.add(room);
    else this.#rooms.set(socket, rooms === undefined ? room : new Set([rooms, room]));
    this.#members.set(room, (this.#members.get(room) ?? new Set()).add(socket));
    if (rooms === undefined) this.#hearEnd(socket);
  }

  override leave(room: string, socket: WebSocket): void {
    const rooms = this.#rooms.get(socket);
    if (rooms instanceof Set) rooms.delete(room);
    else if (rooms === room) this.#rooms.delete(socket);
    const members = this.#members.get(room);
    if (members?.delete(socket) === true && members.size === 0) this.#members.delete(room);
  }

  /** Waits for no member: one that reads too slowly is closed by its own limit. */
  override async broadcast(
    room: string,
    data: string | Uint8Array,
    options: { readonly except?: WebSocket } = {},
  ): Promise<void> {
    let full = false;
    for (const member of this.#members.get(room) ?? []) {
      if (member === options.except) continue;
      // Who has left meanwhile has missed it.
      member.send(data).catch(() => {});
      full ||= member instanceof ServerSocket && member.buffered > HIGH_WATER;
    }
    if (full) await new Promise((resolve) => setImmediate(resolve));
  }

  override size(room: string): number {
    return this.#members.get(room)?.size ?? 0;
  }

  /** Whoever has gone is no member. */
  ended(socket: WebSocket): void {
    const rooms = this.#rooms.get(socket) ?? [];
    for (const room of typeof rooms === 'string' ? [rooms] : rooms) this.leave(room, socket);
    this.#rooms.delete(socket);
  }

  #hearEnd(socket: WebSocket): void {
    if (socket instanceof ServerSocket) socket.tellEnd(this);
    else if (socket.signal.aborted) this.ended(socket);
    else socket.signal.addEventListener('abort', () => this.ended(socket), { once: true });
  }
}
