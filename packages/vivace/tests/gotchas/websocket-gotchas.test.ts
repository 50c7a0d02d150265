import cluster from 'node:cluster';
import { once } from 'node:events';
import { WebSocket as Client } from 'ws';
import {
  Controller,
  Cookie,
  Depends,
  Rooms,
  Vivace,
  WebSocket,
  WebSocketException,
  WebSocketRoute,
  dependency,
  type Server,
  type VivaceOptions,
} from 'vivace';
import { testClient } from 'vivace/testing';
import { heartbeats } from '../heartbeats';

const ticket = dependency(
  { session: Cookie(String, { nullable: true, default: null }) },
  ({ session }) => {
    if (session === null) throw new WebSocketException(1008, 'log in first');
    return session;
  },
);

let left = Promise.withResolvers<string>();
beforeEach(() => void (left = Promise.withResolvers()));

@Controller()
class Sockets {
  @WebSocketRoute('/implicit')
  async implicit(socket: WebSocket, late = false): Promise<void> {
    await socket.send('hello');
    if (late) await socket.accept();
  }
  @WebSocketRoute('/loop')
  async loop(socket: WebSocket): Promise<void> {
    for await (const text of socket.messages()) await socket.send(text);
    left.resolve('after the loop');
  }
  @WebSocketRoute('/uncaught')
  async uncaught(socket: WebSocket): Promise<void> {
    await socket.accept();
    for (;;) await socket.receive();
  }
  @WebSocketRoute('/members')
  async members(socket: WebSocket, @Depends(ticket) name: string): Promise<void> {
    await socket.send(`hello ${name}`);
  }
  @WebSocketRoute('/flood')
  async flood(socket: WebSocket, rooms: Rooms): Promise<void> {
    await socket.accept();
    await rooms.join('flood', socket);
    for (let count = 0; rooms.size('flood') > 0; count += 1)
      await rooms.broadcast('flood', `${count}`.padEnd(32 * 1024));
    await socket.receive().catch((error: unknown) => left.resolve(String(error)));
  }
}

const servers: Server[] = [];
async function serve(options: VivaceOptions = {}): Promise<string> {
  const server = await new Vivace({ controllers: [Sockets], ...options }).listen({
    port: 0,
    handleSignals: false,
  });
  servers.push(server);
  return server.url!.replace('http', 'ws');
}
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

describe('gotchas of WebSockets', () => {
  test('gotcha 108: the first use accepts the handshake; accept() after it says so', async () => {
    await using client = await testClient(new Vivace({ controllers: [Sockets] }));
    await using socket = await client.websocket('/implicit');
    expect(await socket.receive()).toBe('hello');
    const late = await client.websocket('/implicit', { params: { late: true } });
    await late.receive();
    await expect(late.receive()).rejects.toThrow('WebSocket.accept(): it is accepted already');
  });

  test('gotcha 109: a loop over messages ends when the client leaves, and an uncaught disconnect is no error', async () => {
    const logged: string[] = [];
    const logger = { level: 'warn', stream: { write: (line: string) => void logged.push(line) } };
    await using client = await testClient(new Vivace({ controllers: [Sockets], logger }));
    await (await client.websocket('/loop')).close();
    expect(await left.promise).toBe('after the loop');
    await (await client.websocket('/uncaught')).close();
    expect(logged).toEqual([]);
  });

  test('gotcha 110: a cookie lets a visitor in before the handshake is accepted, and only to pages of this host', async () => {
    await using client = await testClient(new Vivace({ controllers: [Sockets] }), {
      cookies: { session: 'ann' },
    });
    await using socket = await client.websocket('/members', {
      headers: { origin: 'http://testserver' },
    });
    expect(await socket.receive()).toBe('hello ann');
    await expect(
      client.websocket('/members', { headers: { origin: 'https://evil.example' } }),
    ).rejects.toThrow('refused with 403');
    client.cookies.clear();
    await expect(client.websocket('/members')).rejects.toMatchObject({
      code: 1008,
      reason: 'log in first',
    });
  });

  test('gotcha 111: rooms in memory are an error at boot in one of several workers', async () => {
    const worker = jest.replaceProperty(cluster, 'isWorker', true);
    const building = new Vivace({ controllers: [Sockets] }).build();
    await expect(building)
      .rejects.toThrow('ROOMS_IN_CLUSTER')
      .finally(() => worker.restore());
  });

  test('gotcha 112: clients are pinged, and one that does not answer is given up', async () => {
    using hearts = heartbeats();
    const url = await serve();
    const [alive, dead] = [
      new Client(`${url}/loop`),
      new Client(`${url}/uncaught`, { autoPong: false }),
    ];
    await Promise.all([once(alive, 'open'), once(dead, 'open')]);
    hearts.next();
    await Promise.all([once(alive, 'ping'), once(dead, 'ping')]);
    for (let beats = 0; beats < 3; beats += 1) {
      // What comes back was sent after the answer to the ping.
      alive.send('still here');
      expect(String((await once(alive, 'message'))[0])).toBe('still here');
      const closed = beats === 0 && once(dead, 'close');
      hearts.next();
      if (closed !== false) expect((await closed)[0]).toBe(1006);
    }
    expect(alive.readyState).toBe(Client.OPEN);
  });

  test('gotcha 113: a request whose upgrade a proxy took away is answered 426 with a hint', async () => {
    await using client = await testClient(new Vivace({ controllers: [Sockets] }));
    const response = await client.get('/loop');
    expect([response.status, response.headers.get('upgrade')]).toEqual([426, 'websocket']);
    expect(response.json()).toEqual({
      detail: expect.stringContaining('let proxies pass Connection and Upgrade on'),
    });
  });

  test('gotcha 114: a server that closes says 1001, and waits for handlers', async () => {
    const url = await serve();
    const client = new Client(`${url}/loop`);
    await once(client, 'open');
    const closed = once(client, 'close');
    await servers.pop()!.close();
    expect((await closed)[0]).toBe(1001);
    expect(await left.promise).toBe('after the loop');
  });

  test('gotcha 115: what waits for a slow client is bounded: it is given up, and a message too large closes 1009', async () => {
    const url = await serve({ webSockets: { maxBuffered: 256 * 1024, maxMessage: 1024 } });
    const slow = new Client(`${url}/flood`);
    await once(slow, 'open');
    slow.pause();
    expect(await left.promise).toBe(
      'WebSocketDisconnect: The WebSocket was closed with code 1013: Too slow',
    );
    slow.terminate();
    const large = new Client(`${url}/loop`);
    await once(large, 'open');
    large.send('x'.repeat(1025));
    expect((await once(large, 'close'))[0]).toBe(1009);
  });
});
