import { Controller, Injectable, Rooms, Vivace, WebSocket, WebSocketRoute, provide } from 'vivace';
import { roomsContract, testClient } from 'vivace/testing';
import { MemoryRooms } from './rooms';

describe('rooms in memory', () => {
  for (const [name, check] of Object.entries(roomsContract(() => new MemoryRooms())))
    it(name, check);
});

/** Rooms of several processes join when the others have said that they know. */
class AcknowledgedRooms extends MemoryRooms {
  override async join(room: string, socket: WebSocket): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    super.join(room, socket);
  }
}
describe('rooms that are joined when others have acknowledged it', () => {
  for (const [name, check] of Object.entries(roomsContract(() => new AcknowledgedRooms())))
    it(name, check);
});

@Injectable({ lifetime: 'singleton' })
class Club {
  constructor(private readonly rooms: Rooms) {}
  announce(text: string): Promise<void> {
    return this.rooms.broadcast('club', `club: ${text}`);
  }
}

@Controller()
class Chat {
  constructor(private readonly club: Club) {}

  @WebSocketRoute('/:name')
  async chat(name: string, socket: WebSocket, rooms: Rooms): Promise<void> {
    await socket.accept();
    await rooms.join('club', socket);
    await this.club.announce(`${name} came, ${rooms.size('club')} are here`);
    for await (const text of socket.messages())
      await rooms.broadcast('club', text, { except: socket });
    await this.club.announce(`${name} left`);
  }
}

class Loud extends MemoryRooms {
  override broadcast(
    room: string,
    data: string | Uint8Array,
    options?: { except?: WebSocket },
  ): Promise<void> {
    return super.broadcast(room, String(data).toUpperCase(), options);
  }
}

describe('rooms', () => {
  it('are injected by their type, the same ones everywhere in one server', async () => {
    const app = new Vivace({ controllers: [Chat] });
    await using client = await testClient(app);
    await using ann = await client.websocket('/ann');
    expect(await ann.receive()).toBe('club: ann came, 1 are here');
    const bob = await client.websocket('/bob');
    expect([await ann.receive(), await bob.receive()]).toEqual([
      'club: bob came, 2 are here',
      'club: bob came, 2 are here',
    ]);
    await bob.send('hello');
    expect(await ann.receive()).toBe('hello');
    await bob.close();
    expect(await ann.receive()).toBe('club: bob left');
    await using other = await testClient(app);
    await using eve = await other.websocket('/eve');
    expect(await eve.receive()).toBe('club: eve came, 1 are here');
  });

  it('are others where provide() says so', async () => {
    const rooms = new Loud();
    await using client = await testClient(
      new Vivace({ controllers: [Chat], provide: [provide(Rooms, () => rooms)] }),
    );
    await using ann = await client.websocket('/ann');
    expect(await ann.receive()).toBe('CLUB: ANN CAME, 1 ARE HERE');
  });
});
