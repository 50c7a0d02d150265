import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { promisify } from 'node:util';
import websocket from '@fastify/websocket';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { WebSocket as Client, type ClientOptions } from 'ws';
import {
  Controller,
  Get,
  Vivace,
  WebSocket,
  WebSocketRoute,
  type Server,
  type VivaceOptions,
} from 'vivace';
import { cors } from 'vivace/middleware';
import { heartbeats } from './heartbeats';

/** More than the buffers of a connection hold, in blocks of bytes. */
const [BLOCKS, BLOCK] = [2000, 16 * 1024];

const open = new Set<WebSocket>();
let ended = Promise.withResolvers<string>();
let reading = Promise.withResolvers<void>();
beforeEach(() => {
  ended = Promise.withResolvers();
  reading = Promise.withResolvers();
});

@Controller()
class Sockets {
  @WebSocketRoute('/echo')
  async echo(socket: WebSocket): Promise<void> {
    open.add(socket);
    try {
      for await (const text of socket.messages()) await socket.send(text);
    } finally {
      open.delete(socket);
    }
  }
  @WebSocketRoute('/broken')
  async broken(socket: WebSocket): Promise<void> {
    await socket.receive();
    throw new Error('a secret');
  }
  /** Sends until the client has had enough of it. */
  @WebSocketRoute('/flood')
  async flood(socket: WebSocket, patient = false): Promise<void> {
    await socket.accept();
    const block = 'x'.repeat(BLOCK);
    let sent = 0;
    try {
      for (; sent < BLOCKS; sent += 1) {
        const written = socket.send(block);
        if (patient) await written;
        else written.catch(() => {});
        if (socket.signal.aborted) break;
      }
      await socket.send('all');
    } catch (error) {
      ended.resolve(`${String(error)} after ${sent}`);
    }
  }
  /** Reads when it is told to. */
  @WebSocketRoute('/later')
  async later(socket: WebSocket): Promise<void> {
    await socket.accept();
    await reading.promise;
    for (let count = 0; ; count += 1)
      if (Number.parseInt(await socket.receive(), 10) !== count)
        await socket.close(4000, `not ${count}`);
  }
  @WebSocketRoute('/deaf')
  async deaf(socket: WebSocket): Promise<void> {
    await socket.accept();
    await once(socket.signal, 'abort');
    ended.resolve('gone');
  }
  @Get('/plain')
  plain(): string {
    return 'plain';
  }
}

const servers: Server[] = [];
async function serve(
  options: VivaceOptions = {},
  app = new Vivace({ controllers: [Sockets], ...options }),
): Promise<Server> {
  const server = await app.listen({ port: 0, handleSignals: false });
  servers.push(server);
  return server;
}
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

const client = (server: Server, path: string, options: ClientOptions = {}): Client =>
  new Client(server.url!.replace('http', 'ws') + path, options);
async function opened(server: Server, path: string, options?: ClientOptions): Promise<Client> {
  const socket = client(server, path, options);
  await once(socket, 'open');
  return socket;
}
const closeOf = async (socket: Client): Promise<unknown[]> => {
  socket.on('error', () => {});
  const [code, reason] = await once(socket, 'close');
  return [code, String(reason)];
};
async function refusalOf(socket: Client): Promise<number> {
  socket.on('error', () => {});
  const [, response] = (await once(socket, 'unexpected-response')) as [
    unknown,
    { statusCode: number },
  ];
  socket.terminate();
  return response.statusCode;
}

/** What nobody refers to is gone after it. */
async function collectGarbage(): Promise<void> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  await new Promise((resolve) => setImmediate(resolve));
  collect();
}

/** Settles when no handler of `/echo` runs any more. */
async function everyoneLeft(): Promise<void> {
  while (open.size > 0) await new Promise((resolve) => setImmediate(resolve));
}

const port = (server: Server): number => Number(new URL(server.url!).port);
const HANDSHAKE = {
  host: 'localhost',
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
};
const request = (
  path: string,
  headers: Readonly<Record<string, string | undefined>> = {},
  method = 'GET',
): string => {
  const all = Object.entries({ ...HANDSHAKE, ...headers }).filter(
    ([, value]) => value !== undefined,
  );
  return `${method} ${path} HTTP/1.1\r\n${all.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
};
/** Writes bytes on a connection of its own; gives all that comes until the server closes it. */
async function raw(server: Server, ...bytes: readonly (string | Buffer)[]): Promise<Buffer> {
  const socket = connect(port(server), '127.0.0.1');
  socket.on('error', () => {});
  const received: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => received.push(chunk));
  socket.write(Buffer.concat(bytes.map((part) => Buffer.from(part as string))));
  await once(socket, 'close');
  return Buffer.concat(received);
}
const status = (answer: Buffer): number => Number(/^HTTP\/1\.1 (\d+)/.exec(answer.toString())?.[1]);
/** The code of the close frame at the end of what a server sent. */
const closeCode = (answer: Buffer): number => {
  const frame = answer.subarray(answer.indexOf('\r\n\r\n') + 4);
  return frame[0] === 0x88 ? frame.readUInt16BE(2) : 0;
};
const masked = (first: number, payload: Buffer, mask = Buffer.from([1, 2, 3, 4])): Buffer =>
  Buffer.concat([
    Buffer.from([first, 0x80 | payload.length]),
    mask,
    payload.map((byte, index) => byte ^ (mask[index % 4] ?? 0)),
  ]);

describe('a handshake', () => {
  it.each([
    ['no key (W01)', { 'sec-websocket-key': undefined }, 400],
    ['a malformed key', { 'sec-websocket-key': 'short' }, 400],
    ['another version (W02)', { 'sec-websocket-version': '99' }, 426],
    ['a malformed subprotocol', { 'sec-websocket-protocol': 'a, b c' }, 400],
    ['a repeated subprotocol', { 'sec-websocket-protocol': 'a, a' }, 400],
  ])('with %s is refused', async (_, headers, expected) => {
    const server = await serve();
    const answer = await raw(server, request('/echo', headers));
    expect(status(answer)).toBe(expected);
    expect(open.size).toBe(0);
  });

  it('of HTTP/1.0 is refused', async () => {
    const server = await serve();
    expect(status(await raw(server, request('/echo').replace('HTTP/1.1', 'HTTP/1.0')))).toBe(400);
  });

  it('by POST (W03), or for an ordinary route (W05), finds nothing', async () => {
    const server = await serve();
    expect(status(await raw(server, request('/echo', {}, 'POST')))).toBe(404);
    expect(status(await raw(server, request('/plain')))).toBe(404);
  });

  it('with 7 KB of blanks for subprotocols is refused (W23)', async () => {
    const server = await serve();
    expect(
      status(
        await raw(server, request('/echo', { 'sec-websocket-protocol': `a${' '.repeat(7000)}b` })),
      ),
    ).toBe(400);
  });

  it('may be followed by a message in the same segment (W22)', async () => {
    const server = await serve();
    const socket = connect(port(server), '127.0.0.1');
    socket.write(
      Buffer.concat([Buffer.from(request('/echo')), masked(0x81, Buffer.from('early'))]),
    );
    let answer = Buffer.alloc(0);
    for await (const chunk of socket) {
      answer = Buffer.concat([answer, chunk as Buffer]);
      if (answer.includes('early')) break;
    }
    expect(status(answer)).toBe(101);
    expect(answer.toString('latin1').endsWith('\x81\x05early')).toBe(true);
  });

  it('agrees on no compression (W15)', async () => {
    const server = await serve();
    const socket = await opened(server, '/echo', { perMessageDeflate: true });
    expect(socket.extensions).toBe('');
    socket.close();
  });

  it('is not taken for one where a client offers another protocol', async () => {
    const server = await serve();
    const answer = await raw(
      server,
      request('/plain', { upgrade: 'h2c', connection: 'close, Upgrade' }),
    );
    expect([status(answer), answer.toString().endsWith('"plain"')]).toEqual([200, true]);
  });

  it('that a plain request for the same path lacks is asked for', async () => {
    const server = await serve();
    const answer = await fetch(`${server.url}/echo`);
    expect([answer.status, answer.headers.get('upgrade'), await answer.json()]).toEqual([
      426,
      'websocket',
      {
        detail:
          'This path is a WebSocket: connect with ws:// or wss://, and let proxies pass Connection and Upgrade on',
      },
    ]);
    expect((await fetch(`${server.url}/echo`, { method: 'POST' })).status).toBe(404);
  });
});

describe('the origin of a page', () => {
  const evil = { origin: 'https://evil.example' };

  it('is the own host by default; programs that send none are welcome (W16)', async () => {
    const server = await serve();
    expect(await refusalOf(client(server, '/echo', evil))).toBe(403);
    expect(await refusalOf(client(server, '/echo', { origin: 'null' }))).toBe(403);
    for (const options of [{}, { origin: server.url! }])
      (await opened(server, '/echo', options)).close();
  });

  it('is one that cors() names, but not its wildcard', async () => {
    const server = await serve({
      middleware: [cors({ origins: ['https://shop.example', /https:\/\/\w+\.shop\.example/] })],
    });
    for (const origin of ['https://shop.example', 'https://a.shop.example'])
      (await opened(server, '/echo', { origin })).close();
    expect(await refusalOf(client(server, '/echo', evil))).toBe(403);
    expect(
      await refusalOf(client(await serve({ middleware: [cors({ origins: '*' })] }), '/echo', evil)),
    ).toBe(403);
  });

  it('is one of webSockets.origins, and no other, where they are given', async () => {
    const server = await serve({ webSockets: { origins: ['https://shop.example/'] } });
    (await opened(server, '/echo', { origin: 'https://shop.example' })).close();
    expect(await refusalOf(client(server, '/echo', { origin: server.url! }))).toBe(403);
    (await opened(await serve({ webSockets: { origins: '*' } }), '/echo', evil)).close();
  });
});

describe('a message', () => {
  it.each([
    ['unmasked (W06)', Buffer.from([0x81, 1, 0x61]), 1002],
    ['with reserved bits (W08)', masked(0xc1, Buffer.from('a')), 1002],
    ['that is a fragmented ping (W11)', masked(0x09, Buffer.from('a')), 1002],
    ['of an unknown kind', masked(0x83, Buffer.from('a')), 1002],
    [
      'that is a ping of more than 125 bytes',
      Buffer.concat([Buffer.from([0x89, 0xfe, 0, 126]), Buffer.alloc(130)]),
      1002,
    ],
    ['that continues nothing', masked(0x80, Buffer.from('a')), 1002],
    ['that is a close frame of one byte (W12)', masked(0x88, Buffer.from([3])), 1002],
    ['that is a close frame of code 999', masked(0x88, Buffer.from([3, 231])), 1002],
    ['that is not UTF-8', masked(0x81, Buffer.from([0xff])), 1007],
    [
      'that announces 2^62 bytes (W13)',
      Buffer.from([0x81, 0xff, 0x40, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4]),
      1009,
    ],
  ])('%s closes the connection', async (_, frame, code) => {
    const server = await serve();
    const answer = await raw(server, request('/echo'), frame, masked(0x88, Buffer.from([3, 232])));
    expect(closeCode(answer)).toBe(code);
    await everyoneLeft();
  });

  it('of 64 KiB passes, a larger one (W07) and fragments without end (W14) close 1009', async () => {
    const server = await serve();
    const socket = await opened(server, '/echo');
    socket.send('x'.repeat(64 * 1024));
    expect(String((await once(socket, 'message'))[0])).toHaveLength(64 * 1024);
    const closing = closeOf(socket);
    socket.send('x'.repeat(64 * 1024 + 1));
    expect(await closing).toEqual([1009, '']);
    const endless = await opened(server, '/echo');
    const cut = closeOf(endless);
    for (let part = 0; part < 100; part += 1) endless.send('x'.repeat(1024), { fin: false });
    expect(await cut).toEqual([1009, '']);
  });

  it('on which the handler fails closes 1011, and the server goes on (W17)', async () => {
    const server = await serve();
    const socket = await opened(server, '/broken');
    const closing = closeOf(socket);
    socket.send('now');
    expect(await closing).toEqual([1011, '']);
    expect(await (await fetch(`${server.url}/plain`)).json()).toBe('plain');
  });

  it('20,000 times a ping is answered, or the end (W19)', async () => {
    const server = await serve();
    const socket = await opened(server, '/echo');
    socket.on('error', () => {});
    let pongs = 0;
    socket.on('pong', () => (pongs += 1));
    const closed = once(socket, 'close').then(() => 'closed');
    for (let count = 0; count < 20_000; count += 1) socket.ping();
    const answered = once(socket, 'message').then(() => 'answered');
    socket.send('still there?');
    const outcome = await Promise.race([answered, closed]);
    expect(outcome === 'closed' || pongs > 0).toBe(true);
    socket.terminate();
  });
});

describe('a client', () => {
  it('that vanishes leaves nothing behind (W18)', async () => {
    const server = await serve();
    const clients = await Promise.all(Array.from({ length: 100 }, () => opened(server, '/echo')));
    expect(open.size).toBe(100);
    for (const one of clients) (one as unknown as { _socket: Socket })._socket.resetAndDestroy();
    await everyoneLeft();
    const connections = promisify(server.fastify.server.getConnections.bind(server.fastify.server));
    while ((await connections()) > 0);
  });

  it('that is silent is pinged, and given up when it does not answer', async () => {
    using hearts = heartbeats();
    const server = await serve();
    const alive = await opened(server, '/echo');
    const dead = await opened(server, '/deaf', { autoPong: false });
    const pinged = [once(alive, 'ping'), once(dead, 'ping')];
    hearts.next();
    await Promise.all(pinged);
    // What comes back was sent after the answer to the ping.
    alive.send('still here');
    await once(alive, 'message');
    const closing = closeOf(dead);
    hearts.next();
    expect(await closing).toEqual([1006, '']);
    expect(await ended.promise).toBe('gone');
    alive.send('still here');
    expect(String((await once(alive, 'message'))[0])).toBe('still here');
  });

  it('that is in the middle of a long message answers no ping, and is not given up for it', async () => {
    using hearts = heartbeats();
    const server = await serve();
    const socket = await opened(server, '/echo', { autoPong: false });
    for (let part = 0; part < 5; part += 1) {
      const pinged = once(socket, 'ping');
      hearts.next();
      await pinged;
      socket.send(`${part}`, { fin: false });
      // Time enough for it to come.
      await fetch(`${server.url}/plain`);
    }
    socket.send('.', { fin: true });
    expect(String((await once(socket, 'message'))[0])).toBe('01234.');
  });

  it('that does not read makes send() wait', async () => {
    const server = await serve();
    const socket = client(server, '/flood?patient=true');
    let received = 0;
    const all = new Promise<void>((resolve) => {
      socket.on('message', (data: Buffer) => (data.length === 3 ? resolve() : (received += 1)));
    });
    await once(socket, 'open');
    socket.pause();
    expect(await (await fetch(`${server.url}/plain`)).json()).toBe('plain');
    socket.resume();
    await all;
    expect(received).toBe(BLOCKS);
  });

  it('that sends more than the program reads has to wait, and is not given up for it', async () => {
    using hearts = heartbeats();
    const server = await serve();
    const socket = await opened(server, '/later');
    for (let count = 0; count < 500; count += 1) socket.send(`${count}`.padEnd(60_000));
    for (let pings = 0; pings < 5; pings += 1) {
      const pinged = once(socket, 'ping');
      hearts.next();
      await pinged;
      // Time enough to read, or to have stopped reading.
      await fetch(`${server.url}/plain`);
    }
    expect([socket.readyState, socket.bufferedAmount > 0]).toEqual([Client.OPEN, true]);
    reading.resolve();
    socket.send('500 and no more');
    socket.send('wrong');
    expect(await closeOf(socket)).toEqual([4000, 'not 501']);
  });

  it('that reads too slowly is closed, while others are served', async () => {
    const server = await serve();
    const slow = await opened(server, '/flood');
    slow.pause();
    expect(await ended.promise).toMatch(
      /^WebSocketDisconnect: The WebSocket was closed with code 1013: Too slow after \d+$/,
    );
    expect(await (await fetch(`${server.url}/plain`)).json()).toBe('plain');
    const closing = closeOf(slow);
    slow.resume();
    expect(await closing).toEqual([1013, 'Too slow']);
  });
});

describe('an open connection', () => {
  it('keeps nothing of the answer to its handshake: many are open for long', async () => {
    const answers: WeakRef<object>[] = [];
    const app = new Vivace({ controllers: [Sockets] }).plugin((fastify) => {
      fastify.addHook('onRequest', async (_, reply) => void answers.push(new WeakRef(reply.raw)));
    });
    const server = await serve({}, app);
    const sockets = await Promise.all(Array.from({ length: 5 }, () => opened(server, '/echo')));
    for (const socket of sockets) {
      socket.send('hi');
      await once(socket, 'message');
    }
    await collectGarbage();
    expect(answers.filter((answer) => answer.deref() !== undefined)).toHaveLength(0);
    expect(answers).toHaveLength(sockets.length);
    for (const socket of sockets) socket.close();
  });
});

describe('a server that closes', () => {
  it('says 1001 to every client, and waits for handlers', async () => {
    const server = await serve();
    const clients = await Promise.all(Array.from({ length: 20 }, () => opened(server, '/echo')));
    const closings = clients.map(closeOf);
    await server.close();
    expect(open.size).toBe(0);
    expect(new Set((await Promise.all(closings)).map(String))).toEqual(new Set(['1001,']));
  });

  it('gives up a client that does not answer', async () => {
    const server = await serve();
    const silent = await opened(server, '/echo');
    silent.pause();
    const began = performance.now();
    await server.close();
    expect(performance.now() - began).toBeGreaterThan(1900);
    expect(open.size).toBe(0);
    silent.terminate();
  });
});

describe('a plain Fastify plugin with WebSockets of its own', () => {
  it('works beside ours', async () => {
    const app = new Vivace({ controllers: [Sockets] }).plugin(async (fastify) => {
      await fastify.register(websocket);
      fastify.get(
        '/theirs',
        { websocket: true },
        (socket) => void socket.on('message', (data) => socket.send(`theirs ${String(data)}`)),
      );
    });
    const server = await serve({}, app);
    for (const [path, expected] of [
      ['/theirs', 'theirs hi'],
      ['/echo', 'hi'],
    ] as const) {
      const socket = await opened(server, path);
      socket.send('hi');
      expect(String((await once(socket, 'message'))[0])).toBe(expected);
      socket.close();
    }
  });
});
