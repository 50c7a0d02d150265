import type { EventEmitter } from 'node:events';
import { Rooms, type WebSocket } from 'vivace';

interface Message {
  readonly room: string;
  readonly data: string | Uint8Array;
  readonly except: WebSocket | undefined;
}

/** Rooms whose messages go over a bus, to the members in every process that listens to it. */
export class BusRooms extends Rooms {
  readonly #members = new Map<string, Set<WebSocket>>();

  constructor(private readonly bus: EventEmitter) {
    super();
    bus.on('message', ({ room, data, except }: Message) => {
      for (const member of this.#members.get(room) ?? [])
        if (member !== except) void member.send(data).catch(() => {});
    });
  }

  join(room: string, socket: WebSocket): void {
    if (socket.signal.aborted) return;
    const members = this.#members.get(room) ?? new Set();
    this.#members.set(room, members.add(socket));
    socket.signal.addEventListener('abort', () => this.leave(room, socket), { once: true });
  }

  leave(room: string, socket: WebSocket): void {
    this.#members.get(room)?.delete(socket);
  }

  async broadcast(
    room: string,
    data: string | Uint8Array,
    { except }: { except?: WebSocket } = {},
  ): Promise<void> {
    this.bus.emit('message', { room, data, except } satisfies Message);
  }

  size(room: string): number {
    return this.#members.get(room)?.size ?? 0;
  }
}
