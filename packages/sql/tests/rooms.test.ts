import { Client } from 'pg';
import { Controller, Rooms, Vivace, WebSocket, WebSocketRoute } from 'vivace';
import { roomsContract, testClient } from 'vivace/testing';
import { database } from '@vivace/sql';
import { testDatabase } from '@vivace/sql/testing';
import { settingsOf } from '../src/opening/options';
import type { DatabaseRooms } from '../src/rooms/database-rooms';
import { openRooms } from '../src/rooms/open-rooms';
import { openCopy, type Copy } from '../src/testing/copies';
import { Hero, Team } from './programs/heroes';

const settings = settingsOf({ entities: [Team, Hero] });
let copy: Copy;
const opened: AsyncDisposable[] = [];

async function rooms(): Promise<DatabaseRooms> {
  const made = await openRooms({ directUrl: copy.url }, settings, () => undefined);
  opened.push(made);
  return made;
}

beforeAll(async () => {
  copy = await openCopy(settings);
});
afterEach(async () => {
  for (const one of opened.splice(0)) await one[Symbol.asyncDispose]();
});
afterAll(() => copy[Symbol.asyncDispose]());

describe('rooms over a database', () => {
  for (const [name, check] of Object.entries(roomsContract(rooms))) it(name, check);
});

const LARGE = new Uint8Array(20_000).fill(255);

@Controller()
class Chat {
  @WebSocketRoute('/chat')
  async chat(socket: WebSocket, rooms: Rooms): Promise<void> {
    await socket.accept();
    await rooms.join('all', socket);
    await socket.send('joined');
    for await (const text of socket.messages()) {
      const data = text === 'bytes' ? LARGE : text;
      await rooms.broadcast('all', data, { except: socket });
    }
  }
}

const chats = database({ entities: [Team, Hero] });
const app = new Vivace({ controllers: [Chat], extensions: [chats], logger: false });
const db = testDatabase(chats);

/** A server of its own on the database, with somebody in the room. */
async function joined(override: Parameters<typeof testClient>[1]) {
  const client = await testClient(app, override);
  const socket = await client.websocket('/chat');
  expect(await socket.receive()).toBe('joined');
  return {
    socket,
    async [Symbol.asyncDispose]() {
      await socket.close();
      await client.close();
    },
  };
}

describe('rooms of several servers', () => {
  it('are one: what is sent at one is heard at the others, but not by who sent it', async () => {
    await using fresh = await db.fresh();
    const options = { overrides: [fresh.override] };
    await using ann = await joined(options);
    await using bob = await joined(options);
    await using eve = await joined(options);
    await ann.socket.send('hello');
    expect([await bob.socket.receive(), await eve.socket.receive()]).toEqual(['hello', 'hello']);
    await bob.socket.send('hello ann');
    expect([await ann.socket.receive(), await eve.socket.receive()]).toEqual([
      'hello ann',
      'hello ann',
    ]);
  });

  it('keep the order of what is sent, also where it is larger than a notification may be', async () => {
    await using fresh = await db.fresh();
    const options = { overrides: [fresh.override] };
    await using ann = await joined(options);
    await using bob = await joined(options);
    const sent = Array.from({ length: 30 }, (_, at) =>
      at % 3 === 0 ? `${at} ${'ž\0'.repeat(5000)}` : `${at}`,
    );
    for (const text of sent) await ann.socket.send(text);
    await ann.socket.send('bytes');
    for (const text of sent) expect(await bob.socket.receive()).toBe(text);
    expect(Buffer.from(await bob.socket.receiveBytes()).equals(LARGE)).toBe(true);
  });

  it('hear again after their connections broke', async () => {
    await using fresh = await db.fresh();
    const options = { overrides: [fresh.override] };
    await using ann = await joined(options);
    await using bob = await joined(options);
    const client = new Client(fresh.url);
    await client.connect();
    try {
      const listening = `from pg_stat_activity
        where application_name = 'vivace rooms' and datname = current_database()`;
      const { rows: broken } = await client.query<{ pid: number }>(
        `select pid, pg_terminate_backend(pid, 5000) ${listening}`,
      );
      expect(broken).toHaveLength(2);
      // Both listen again when there are two connections that have said so.
      for (let listeners = 0; listeners < 2;) {
        const { rows } = await client.query(`select ${listening} and query like 'listen%'`);
        listeners = rows.length;
      }
    } finally {
      await client.end();
    }
    await ann.socket.send('still here');
    expect(await bob.socket.receive()).toBe('still here');
  });
});
