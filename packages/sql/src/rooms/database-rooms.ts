import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import { Rooms, type WebSocket } from 'vivace';
import { MemoryRooms } from 'vivace/extend';
import { TableStore } from '../store/table-store';
import type { Listener } from './listener';
import { decodeMessage, encodeMessage } from './message';

/** The channel of PostgreSQL on which all processes send and listen. */
export const CHANNEL = 'vivace_rooms';

/** Bytes: PostgreSQL notifies of less than 8000. */
const LARGEST_NOTIFICATION = 7000;
/** Seconds for which a larger message is kept for those who were told of it. */
const KEPT = 60;

/**
 * Rooms whose members are connected to any process: messages go to all of them by NOTIFY, those that
 * are too large through the unlogged table. What is sent while the connection is broken is missed.
 */
export class DatabaseRooms extends Rooms {
  readonly #here = new MemoryRooms();
  readonly #listener: Listener;
  readonly #onError: (error: unknown) => void;
  readonly #process = randomUUID();
  #sent = 0;
  /** Who does not hear what this process has sent, by the message. */
  readonly #excepted = new Map<string, WebSocket>();
  /** Messages are given on in the order in which they came, also where one has to be read first. */
  #line: Promise<void> = Promise.resolve();

  constructor(listener: Listener, onError: (error: unknown) => void) {
    super();
    this.#listener = listener;
    this.#onError = onError;
  }

  override async join(room: string, socket: WebSocket): Promise<void> {
    await this.#listener.connection();
    this.#here.join(room, socket);
  }

  override leave(room: string, socket: WebSocket): void {
    this.#here.leave(room, socket);
  }

  override size(room: string): number {
    return this.#here.size(room);
  }

  /** @throws DatabaseDown where nobody can be told */
  override async broadcast(
    room: string,
    data: string | Uint8Array,
    { except }: { readonly except?: WebSocket } = {},
  ): Promise<void> {
    const id = `${this.#process}/${(this.#sent += 1)}`;
    const message = encodeMessage({ id, room, data });
    if (except !== undefined) this.#excepted.set(id, except);
    try {
      await this.#send(id, message);
    } catch (error) {
      this.#excepted.delete(id);
      throw error;
    }
  }

  /** Hears what a process has sent, this one too. */
  hear(payload: string): void {
    this.#line = this.#line.then(() => this.#deliver(payload)).catch(this.#onError);
  }

  /** Nothing comes back of what was sent before the connection broke. */
  forget(): void {
    this.#excepted.clear();
  }

  /** On the connection that listens, one after the other, so that messages keep their order. */
  async #send(id: string, message: string): Promise<void> {
    await this.#listener.run(async (client) => {
      const isLarge = Buffer.byteLength(message) > LARGEST_NOTIFICATION;
      if (isLarge) await volatileOn(client).set(keyOf(id), message, { seconds: KEPT });
      await client.query('select pg_notify($1, $2)', [CHANNEL, isLarge ? id : message]);
    });
  }

  async #deliver(payload: string): Promise<void> {
    const message = payload.startsWith('{') ? payload : await this.#read(payload);
    if (message === undefined) return;
    const { id, room, data } = decodeMessage(message);
    const except = this.#excepted.get(id);
    this.#excepted.delete(id);
    await this.#here.broadcast(room, data, except === undefined ? {} : { except });
  }

  #read(id: string): Promise<string | undefined> {
    return this.#listener.run((client) => volatileOn(client).get(keyOf(id)));
  }
}

const keyOf = (id: string): string => `rooms:${id}`;
const volatileOn = (client: Client): TableStore => new TableStore(client, 'vivace.volatile');
