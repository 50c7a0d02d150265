import { randomUUID } from 'node:crypto';
import { Rooms, type WebSocket } from 'vivace';
import { MemoryRooms } from 'vivace/extend';
import type { OpenRedis } from '../client/open-redis';
import { isDown } from '../client/redis-down';
import { decodeMessage, encodeMessage } from './message';

/** How many messages that were given on without Redis may still come back from it. */
const REMEMBERED = 1000;

/**
 * Rooms whose members are connected to any process: one channel a room. Where Redis is away, only the
 * members of the own process hear.
 */
export class RedisRooms extends Rooms {
  readonly #here = new MemoryRooms();
  readonly #redis: Pick<OpenRedis, 'listener' | 'log'>;
  readonly #process = randomUUID();
  #sent = 0;
  /** Who does not hear what this process has sent, by the message. */
  readonly #excepted = new Map<string, WebSocket>();
  /** Messages that were given on without Redis. */
  readonly #alone = new Set<string>();
  readonly #rooms = new Map<string, (message: Buffer) => void>();
  #away = false;

  constructor(redis: Pick<OpenRedis, 'listener' | 'log'>) {
    super();
    this.#redis = redis;
  }

  override async join(room: string, socket: WebSocket): Promise<void> {
    if (socket.signal.aborted) return;
    const before = this.#here.size(room);
    this.#here.join(room, socket);
    if (this.#here.size(room) > before)
      socket.signal.addEventListener('abort', () => this.leave(room, socket), { once: true });
    const hear = this.#rooms.get(room) ?? ((message) => this.#hear(room, message));
    this.#rooms.set(room, hear);
    await this.#trying(() => this.#redis.listener.hear(channelOf(room), hear));
  }

  override leave(room: string, socket: WebSocket): void {
    this.#here.leave(room, socket);
    this.#leaveIfEmpty(room);
  }

  override size(room: string): number {
    return this.#here.size(room);
  }

  override async broadcast(
    room: string,
    data: string | Uint8Array,
    { except }: { readonly except?: WebSocket } = {},
  ): Promise<void> {
    const id = `${this.#process}/${(this.#sent += 1)}`;
    const { listener } = this.#redis;
    const comesBack = await listener.hears(channelOf(room));
    if (comesBack && except !== undefined) this.#excepted.set(id, except);
    const isHeard = await this.#trying(async () => {
      const heard = await listener.publish(channelOf(room), encodeMessage({ id, data }));
      return heard > 0;
    });
    if (isHeard === true && comesBack) return;
    this.#excepted.delete(id);
    if (comesBack) this.#remember(id);
    await this.#here.broadcast(room, data, except === undefined ? {} : { except });
  }

  #hear(room: string, encoded: Buffer): void {
    const { id, data } = decodeMessage(encoded);
    if (this.#alone.delete(id)) return;
    const except = this.#excepted.get(id);
    this.#excepted.delete(id);
    void this.#here.broadcast(room, data, except === undefined ? {} : { except });
  }

  /** Nobody in this process has to be told of a room that nobody here is in. */
  #leaveIfEmpty(room: string): void {
    const hear = this.#rooms.get(room);
    if (hear === undefined || this.#here.size(room) > 0) return;
    this.#rooms.delete(room);
    this.#redis.listener.leave(channelOf(room), hear);
  }

  #remember(id: string): void {
    this.#alone.add(id);
    const [oldest] = this.#alone;
    if (this.#alone.size > REMEMBERED) this.#alone.delete(oldest!);
  }

  /** Undefined where Redis is away, which is told once of each time. */
  async #trying<T>(ask: () => Promise<T>): Promise<T | undefined> {
    try {
      const answer = await ask();
      this.#away = false;
      return answer;
    } catch (error) {
      if (!isDown(error as Error)) throw error;
      if (!this.#away)
        this.#redis
          .log()
          ?.warn({ err: error as Error }, 'Rooms reach only this process while Redis is away');
      this.#away = true;
      return undefined;
    }
  }
}

const channelOf = (room: string): string => `rooms:${room}`;
