import { deepEqual, equal } from 'node:assert/strict';
import { WebSocket, type Rooms } from '../declare/context-classes';

type Contract = Readonly<Record<string, () => Promise<void>>>;

/**
 * The checks that every implementation of rooms has to pass, by name.
 *
 * @param create gives rooms that nobody has joined
 * @example
 * for (const [name, check] of Object.entries(roomsContract(() => new MyRooms()))) it(name, check);
 */
export function roomsContract(create: () => Rooms | Promise<Rooms>): Contract {
  const check =
    (run: (rooms: Rooms, ann: Member, bob: Member) => Promise<void>): (() => Promise<void>) =>
    async () =>
      run(await create(), new Member(), new Member());
  return {
    'a broadcast reaches every member of the room, and nobody else': check(
      async (rooms, ann, bob) => {
        const eve = new Member();
        await rooms.join('blue', ann);
        await rooms.join('blue', bob);
        await rooms.join('red', eve);
        await rooms.broadcast('blue', 'hello');
        deepEqual([await ann.next(), await bob.next()], ['hello', 'hello']);
        await rooms.broadcast('red', 'only here');
        equal(await eve.next(), 'only here');
      },
    ),
    'a member that has joined hears what is sent from then on': check(async (rooms, ann) => {
      for (const room of ['blue', 'red']) {
        await rooms.join(room, ann);
        await rooms.broadcast(room, room);
        equal(await ann.next(), room);
      }
    }),
    'messages arrive in the order in which they were sent, text as text and bytes as bytes': check(
      async (rooms, ann) => {
        await rooms.join('blue', ann);
        await rooms.broadcast('blue', 'äöü 🎈');
        await rooms.broadcast('blue', new Uint8Array([1, 255]));
        deepEqual([await ann.next(), await ann.next()], ['äöü 🎈', new Uint8Array([1, 255])]);
      },
    ),
    'a broadcast leaves out the member that it is told to': check(async (rooms, ann, bob) => {
      await rooms.join('blue', ann);
      await rooms.join('blue', bob);
      await rooms.broadcast('blue', 'for bob', { except: ann });
      await rooms.broadcast('blue', 'for both');
      deepEqual(
        [await bob.next(), await bob.next(), await ann.next()],
        ['for bob', 'for both', 'for both'],
      );
    }),
    'a member may be in several rooms, and joins each once': check(async (rooms, ann) => {
      for (const room of ['blue', 'red', 'blue']) await rooms.join(room, ann);
      deepEqual([rooms.size('blue'), rooms.size('red'), rooms.size('green')], [1, 1, 0]);
      await rooms.broadcast('blue', 'once');
      await rooms.broadcast('red', 'then');
      deepEqual([await ann.next(), await ann.next()], ['once', 'then']);
    }),
    'a member that leaves one room stays in the others': check(async (rooms, ann) => {
      for (const room of ['blue', 'red']) await rooms.join(room, ann);
      rooms.leave('blue', ann);
      rooms.leave('blue', ann);
      deepEqual([rooms.size('blue'), rooms.size('red')], [0, 1]);
      await rooms.broadcast('blue', 'missed');
      await rooms.broadcast('red', 'heard');
      equal(await ann.next(), 'heard');
    }),
    'a member whose connection ends leaves all rooms, and cannot join again': check(
      async (rooms, ann, bob) => {
        for (const room of ['blue', 'red']) await rooms.join(room, ann);
        await rooms.join('blue', bob);
        await ann.close();
        await rooms.join('green', ann);
        deepEqual([rooms.size('blue'), rooms.size('red'), rooms.size('green')], [1, 0, 0]);
        await rooms.broadcast('blue', 'still here');
        equal(await bob.next(), 'still here');
      },
    ),
    'a member that cannot be sent to does not keep a broadcast from the others': check(
      async (rooms, ann, bob) => {
        ann.broken = true;
        await rooms.join('blue', ann);
        await rooms.join('blue', bob);
        await rooms.broadcast('blue', 'hello');
        equal(await bob.next(), 'hello');
      },
    ),
    'a broadcast to a room without members does nothing': check(async (rooms) => {
      await rooms.broadcast('nowhere', 'hello');
      equal(rooms.size('nowhere'), 0);
    }),
  };
}

/** A WebSocket that keeps what is sent to it. */
class Member extends WebSocket {
  readonly params = {};
  readonly query = new URLSearchParams();
  override readonly headers = new Headers();
  readonly cookies = {};
  readonly ip = '127.0.0.1';
  readonly state = {};
  readonly log = undefined as never;
  readonly fastify = undefined as never;
  broken = false;
  readonly #ending = new AbortController();
  readonly #sent: (string | Uint8Array)[] = [];
  #arrived: (() => void) | undefined;

  get signal(): AbortSignal {
    return this.#ending.signal;
  }

  async accept(): Promise<void> {}
  receive(): Promise<never> {
    return Promise.reject(new Error('A member of a room is only sent to.'));
  }
  async *messages(): AsyncGenerator<never> {}

  async send(data: string | Uint8Array): Promise<void> {
    if (this.broken || this.signal.aborted) throw new Error('The connection is broken.');
    this.#sent.push(data);
    this.#arrived?.();
  }

  sendJson(value: unknown): Promise<void> {
    return this.send(JSON.stringify(value));
  }

  async close(): Promise<void> {
    this.#ending.abort();
  }

  /** The next message, which other processes may bring later. */
  async next(): Promise<string | Uint8Array> {
    while (this.#sent.length === 0) await new Promise<void>((resolve) => (this.#arrived = resolve));
    return this.#sent.shift() as string | Uint8Array;
  }
}
