import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { Controller, Get, int, Post, Request, Vivace, type Server } from 'vivace';
import { etag } from 'vivace/middleware';
import { FileResponse, Response, StreamingResponse } from 'vivace/responses';
import { answersIn, request, Wire } from './raw';
import { Log } from './wire';

@Controller()
class Api {
  @Get('/')
  root(): { ok: boolean } {
    return { ok: true };
  }
  @Get('/late')
  async late(): Promise<string> {
    await new Promise((resolve) => setImmediate(resolve));
    return 'late';
  }
  @Get('/void', { status: 204 })
  nothing(): void {}
  @Get('/tagged', { middleware: [etag()] })
  tagged(): string {
    return 'tagged';
  }
  @Get('/file')
  file(): FileResponse {
    return new FileResponse(__filename);
  }
  @Get('/empty')
  empty(): Response {
    return new Response('');
  }
  @Get('/piped')
  piped(): StreamingResponse {
    return new StreamingResponse(['a'], { status: 204 });
  }
  @Post('/numbers')
  total(numbers: int[]): int {
    return numbers.reduce((sum, number) => sum + number, 0);
  }
  @Post('/length')
  async length(received: Request): Promise<int> {
    return (await received.body()).length;
  }
  @Get('/items/:id')
  item(id: int): int {
    return id;
  }
}

const log = new Log();
const app = new Vivace({ controllers: [Api], logger: log.options });
const START = 'POST /numbers HTTP/1.1\r\nHost: a\r\n';
const JSON_TYPE = { 'content-type': 'application/json' };

let server: Server;
beforeAll(async () => {
  server = await app.listen({ port: 0, handleSignals: false });
});
afterEach(async () => {
  const ordinary = await fetch(`${server.url}/`);
  expect(ordinary.status).toBe(200);
});
afterAll(() => server.close());

/** All that a server answers to some bytes, after which it closes the connection. */
async function refusal(...sent: (string | Uint8Array)[]): Promise<string> {
  await using wire = new Wire(server);
  return await wire.send(...sent).closed();
}
/** The answer to one request on a connection that may go on. */
async function answer(sent: string): Promise<[number, string]> {
  await using wire = new Wire(server);
  const [first] = await wire.send(sent).answers(1);
  return first ?? [0, wire.received];
}

describe('what is no request of HTTP/1.1', () => {
  const rows: Readonly<Record<string, [number, ...(string | Uint8Array)[]]>> = {
    'H01 a handshake of TLS': [400, Buffer.from('16030100a5010000a10303', 'hex')],
    'H02 no Host': [400, 'GET / HTTP/1.1\r\n\r\n'],
    'H03 two Hosts': [400, 'GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n'],
    'H04 a Host that is none': [400, 'GET / HTTP/1.1\r\nHost: a/b?x#\r\n\r\n'],
    'H06 two lengths': [400, `${START}Content-Length: 3\r\nContent-Length: 4\r\n\r\n[1]x`],
    'H07 a length with a sign': [400, `${START}Content-Length: +3\r\n\r\n[1]`],
    'H09 a length beyond all numbers': [
      400,
      `${START}Content-Length: 18446744073709551617\r\n\r\n[1]`,
    ],
    'H10 an unknown transfer encoding': [400, `${START}Transfer-Encoding: xchunked\r\n\r\n[1]`],
    'H11 a blank before a colon': [400, `${START}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n`],
    'H12 a header on two lines': [400, 'GET / HTTP/1.1\r\nHost: a\r\nX-A: b\r\n c\r\n\r\n'],
    'H13 chunks that end with half a line break': [
      400,
      `${START}Transfer-Encoding: chunked\r\n\r\n1\na\n0\n\nGET / HTTP/1.1\r\nHost: a\r\n\r\n`,
    ],
    'H14 NUL in a header': [400, 'GET / HTTP/1.1\r\nHost: a\r\nX-A: b\0c\r\n\r\n'],
    'H15 100 KB of headers': [
      431,
      `GET / HTTP/1.1\r\nHost: a\r\nX-A: ${'b'.repeat(100_000)}\r\n\r\n`,
    ],
    'H16 1,500 headers': [431, `GET / HTTP/1.1\r\nHost: a\r\n${'a:1\r\n'.repeat(1500)}\r\n`],
    'H17 an address of 64 KB': [431, `GET /${'a'.repeat(65_536)} HTTP/1.1\r\nHost: a\r\n\r\n`],
    'H18 a method that is no word': [400, 'GE(T / HTTP/1.1\r\nHost: a\r\n\r\n'],
    'H19 a method that nobody knows': [400, 'BREW / HTTP/1.1\r\nHost: a\r\n\r\n'],
    'H20 HTTP/0.9': [400, 'GET /\r\n\r\n'],
    'H21 HTTP/3.7': [400, 'GET / HTTP/3.7\r\nHost: a\r\n\r\n'],
    'H23 an address that is no path': [400, 'GET @evil.example HTTP/1.1\r\nHost: a\r\n\r\n'],
    'H27 a chunk of more bytes than there are': [
      400,
      `${START}Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n[1]`,
    ],
    'H38 an expectation that nobody knows': [
      417,
      `${START}Expect: nonsense\r\nContent-Length: 3\r\n\r\n[1]`,
    ],
  };
  it.each(Object.entries(rows))(
    '%s is answered once, in the format of the application, and the connection closed; the log has no fault',
    async (_, row) => {
      const [status, ...sent] = row;
      log.lines.length = 0;
      const answers = answersIn(await refusal(...sent));
      expect(answers).toEqual([[status, expect.stringMatching(/^\{"detail":"[^"]+"\}$/)]]);
      expect(log.lines.filter(({ level }) => Number(level) >= 40)).toEqual([]);
    },
  );

  it('is a problem where the application says so', async () => {
    await using other = await new Vivace({ controllers: [Api], errors: 'problem' }).listen({
      port: 0,
      handleSignals: false,
    });
    await using wire = new Wire(other);
    const text = await wire.send('nonsense\r\n\r\n').closed();
    expect(text).toContain('content-type: application/problem+json');
    expect(answersIn(text)).toEqual([[400, expect.stringContaining('"title":"Bad Request"')]]);
  });

  it('H36 does not take away the answer to the request before it', async () => {
    const answers = answersIn(
      await refusal('GET /late HTTP/1.1\r\nHost: a\r\n\r\nnonsense\r\n\r\n'),
    );
    expect(answers).toEqual([
      [200, '"late"'],
      [400, '{"detail":"Bad Request"}'],
    ]);
  });
});

describe('odd requests', () => {
  it('H22 for another host in the address are answered for the path, and no redirect names that host', async () => {
    await expect(answer('GET http://evil.example/ HTTP/1.1\r\nHost: a\r\n\r\n')).resolves.toEqual([
      200,
      '{"ok":true}',
    ]);
    const text = await refusal(
      'GET http://evil.example/items/1/ HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n',
    );
    expect(text).not.toContain('evil');
  });

  it('H24 OPTIONS for everything, H26 TRACE and H25 CONNECT find nothing, and tell nothing back', async () => {
    await expect(answer('OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n')).resolves.toEqual([
      404,
      '{"detail":"Not Found"}',
    ]);
    const [status, body] = await answer('TRACE / HTTP/1.1\r\nHost: a\r\nX-Secret: s3cret\r\n\r\n');
    expect([status, body]).toEqual([405, '{"detail":"Method Not Allowed"}']);
    await expect(
      refusal('CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n'),
    ).resolves.toBe('');
  });

  it('H39 that ask for another protocol are answered in this one', async () => {
    await expect(
      answer('GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: h2c,foo\r\n\r\n'),
    ).resolves.toEqual([200, '{"ok":true}']);
  });

  it.each(['GET', 'HEAD'])(
    'H40 %s says no length of an answer that has no body',
    async (method) => {
      const lines = [];
      for (const path of ['/void', '/tagged', '/file', '/empty', '/piped']) {
        const head = await refusal(
          `${method} ${path} HTTP/1.1\r\nHost: a\r\nIf-None-Match: *\r\nConnection: close\r\n\r\n`,
        );
        expect(head).toMatch(/\r\n\r\n$/);
        lines.push([path, Number(head.slice(9, 12)), /content-length: .*/i.exec(head)?.[0]]);
      }
      expect(lines).toEqual([
        ['/void', 204, undefined],
        ['/tagged', 304, undefined],
        ['/file', 304, undefined],
        ['/empty', 200, 'content-length: 0'],
        ['/piped', 204, undefined],
      ]);
    },
  );

  it('H40 HEAD has the headers of GET and no body', async () => {
    const text = await refusal('HEAD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
    expect(text).toContain('content-length: 11');
    expect(text).toMatch(/\r\n\r\n$/);
  });

  it('H43 learn nothing of what answers them', async () => {
    const { headers } = await fetch(`${server.url}/`);
    expect([headers.get('server'), headers.get('x-powered-by')]).toEqual([null, null]);
  });

  it('H44 with headers named like parts of objects change nothing', async () => {
    const [status] = await answer(
      'GET / HTTP/1.1\r\nHost: a\r\n__proto__: x\r\nconstructor: y\r\nhasOwnProperty: z\r\n\r\n',
    );
    expect(status).toBe(200);
    expect(({} as { x?: unknown }).x).toBeUndefined();
  });

  it('are allowed by HTTP/1.0 without a Host', async () => {
    expect(answersIn(await refusal('GET / HTTP/1.0\r\n\r\n'))).toEqual([[200, '{"ok":true}']]);
  });

  it.each(['localhost:8000', '[::1]:80', 'xn--bcher-kva.example', 'a_b.example', ''])(
    'may come for the host "%s"',
    async (host) => {
      await expect(answer(`GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`)).resolves.toEqual([
        200,
        '{"ok":true}',
      ]);
    },
  );
});

describe('connections', () => {
  it('H35 give the answers to 50 requests at once in their order', async () => {
    await using wire = new Wire(server);
    const sent = Array.from({ length: 50 }, (_, index) =>
      request('GET', index % 2 === 0 ? '/late' : `/items/${index}`),
    );
    const answers = await wire.send(sent.join('')).answers(50);
    expect(answers).toEqual(
      Array.from({ length: 50 }, (_, index) => [200, index % 2 === 0 ? '"late"' : String(index)]),
    );
  });

  it('H41 see a body of GET as a body, not as the next request', async () => {
    await using wire = new Wire(server);
    const smuggled = 'GET /items/7 HTTP/1.1\r\nHost: a\r\n\r\n';
    const answers = await wire
      .send(request('GET', '/', {}, smuggled), request('GET', '/items/1'))
      .answers(2);
    expect(answers).toEqual([
      [200, '{"ok":true}'],
      [200, '1'],
    ]);
  });

  it('H29 that end within a body get no success', async () => {
    await using wire = new Wire(server);
    const text = await wire
      .send(
        `${START}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n[1,\r\n`,
      )
      .end()
      .closed();
    expect(text).not.toContain(' 200 ');
  });

  it('H31 that send headers forever are closed, and H32 those that stop within a body', async () => {
    const hasty = new Vivace({ controllers: [Api], timeouts: { headers: 1, request: 1 } });
    await using hurried = await hasty.listen({ port: 0, handleSignals: false });
    const slow = [
      new Wire(hurried).send('GET / HTTP/1.1\r\nHost: a\r\nX-A: '),
      new Wire(hurried).send(`${START}Content-Length: 1000\r\n\r\n[1`),
    ];
    const dripping = setInterval(() => slow[0]!.send('b'), 100);
    try {
      const texts = await Promise.all(slow.map((wire) => wire.closed()));
      for (const text of texts)
        expect(answersIn(text)).toEqual([[408, '{"detail":"Request Timeout"}']]);
    } finally {
      clearInterval(dripping);
    }
  });

  it('H34 that are slow do not hold up the others', async () => {
    const slow = Array.from({ length: 150 }, () => new Wire(server).send('GET / HTTP/1.1\r\nHost'));
    await Promise.all(slow.slice(0, 20).map(() => fetch(`${server.url}/`)));
    for (const wire of slow) wire.reset();
  });

  it('H48 that vanish leave nothing behind', async () => {
    const left: Promise<unknown>[] = [];
    const count = (socket: Socket) =>
      left.push(new Promise((resolve) => socket.once('close', resolve)));
    server.fastify.server.on('connection', count);
    const gone = Array.from({ length: 300 }, () =>
      new Wire(server).send('POST /length HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n1'),
    );
    await Promise.all(gone.map((wire) => wire.opened()));
    for (const wire of gone) wire.reset();
    await answer('GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
    server.fastify.server.off('connection', count);
    expect(left).toHaveLength(301);
    await Promise.all(left);
  });
});

describe('a body that nobody waits for', () => {
  it('H37 is not asked for where it would be too large', async () => {
    const text = await refusal(
      `${START}Content-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: 99999999\r\n\r\n`,
    );
    expect(answersIn(text)).toEqual([[413, '{"detail":"Content Too Large"}']]);
  });

  it('is asked for when it is read', async () => {
    await using wire = new Wire(server);
    wire.send(
      request('POST', '/numbers', { ...JSON_TYPE, expect: '100-continue', 'content-length': 5 }),
    );
    await expect(wire.until(/\r\n\r\n/)).resolves.toBe('HTTP/1.1 100 Continue\r\n\r\n');
    await expect(wire.send('[1,2]').until(/3$/)).resolves.toContain('HTTP/1.1 200 OK');
  });

  it('is asked for on routes of plain Fastify plugins', async () => {
    const plain = new Vivace().plugin((fastify) => {
      fastify.post('/echo', (received, reply) => reply.send(received.body));
    });
    await using other = await plain.listen({ port: 0, handleSignals: false });
    await using wire = new Wire(other);
    wire.send(
      request('POST', '/echo', { ...JSON_TYPE, expect: '100-continue', 'content-length': 7 }),
    );
    await expect(wire.until(/Continue\r\n\r\n/)).resolves.toContain('100 Continue');
    await expect(wire.send('{"a":1}').until(/\{"a":1\}$/)).resolves.toContain('HTTP/1.1 200 OK');
  });

  it('H47 closes the connection after the answer, which a client that still sends can read', async () => {
    for (const [path, status] of [
      ['/numbers', 413],
      ['/nowhere', 404],
      ['/', 405],
    ] as const) {
      await using wire = new Wire(server);
      wire.send(request('POST', path, { ...JSON_TYPE, 'content-length': 3_000_000 }));
      await wire.until(/\r\n\r\n/);
      wire.send('x'.repeat(2_999_999)).send('x', request('GET', '/items/1'));
      const answers = answersIn(await wire.closed());
      expect(answers.map(([code]) => code)).toEqual([status]);
    }
  });

  it('is cut off where it never ends', async () => {
    await using wire = new Wire(server);
    wire.send(`${START}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`);
    const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`;
    let sent = 0;
    for (; wire.open && sent < 3000; sent += 1) {
      wire.send(chunk);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(wire.open).toBe(false);
    expect(wire.received).toContain('413');
  });
});

it('a connection that waits for its next request keeps nothing of the last', async () => {
  const answered = Promise.withResolvers<ServerResponse>();
  const watched = new Vivace({ controllers: [Api] }).plugin((fastify) => {
    fastify.addHook('onRequest', ({ raw }, reply, next) => {
      reply.raw.once('close', () => answered.resolve(reply.raw));
      expect(valuesOf(raw.socket)).toContain(reply.raw);
      next();
    });
  });
  await using other = await watched.listen({ port: 0, handleSignals: false });
  await using wire = new Wire(other);
  await wire.send(request('GET', '/items/1')).answers(1);
  const response = await answered.promise;
  expect(response.req.socket.destroyed).toBe(false);
  expect(valuesOf(response.req.socket)).not.toContain(response);
});

function valuesOf(socket: Socket): unknown[] {
  return Reflect.ownKeys(socket).map((key) => Reflect.get(socket, key));
}
