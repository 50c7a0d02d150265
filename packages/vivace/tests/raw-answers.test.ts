import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PassThrough, Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import {
  BackgroundTasks,
  Controller,
  Get,
  Post,
  Reply,
  Request,
  Rooms,
  UploadFile,
  Vivace,
  bytes,
  int,
} from 'vivace';
import { sessions, WebSession } from 'vivace/middleware';
import { HTMLResponse, JSONResponse, PlainTextResponse, StreamingResponse } from 'vivace/responses';
import { testClient } from 'vivace/testing';

/** No text of UTF-8. */
const BYTES = new Uint8Array([0xff, 0xfe, 0, 1]);

const RAW: Record<string, () => unknown> = {
  Buffer: () => Buffer.from(BYTES),
  Uint8Array: () => BYTES.slice(),
  ArrayBuffer: () => BYTES.slice().buffer,
  Blob: () => new Blob([BYTES]),
  File: () => new File([BYTES], 'a.bin'),
  Readable: () => Readable.from([Buffer.from(BYTES)], { objectMode: false }),
  PassThrough: () => new PassThrough().end(BYTES),
  ReadableStream: () => new Blob([BYTES]).stream(),
  Response: () =>
    new globalThis.Response(BYTES, { headers: { 'content-type': 'application/octet-stream' } }),
};
let given: unknown;

@Controller()
class Answers {
  @Get('/any')
  any(): any {
    return given;
  }
  @Get('/later')
  async later(): Promise<unknown> {
    return given;
  }
  @Get('/option', { response: bytes })
  option(): any {
    return given;
  }
  @Get('/off', { response: false })
  off(): number {
    return given as number;
  }
  @Get('/Buffer')
  buffer(): Buffer {
    return given as Buffer;
  }
  @Get('/Uint8Array')
  array(): bytes {
    return given as bytes;
  }
  @Get('/ArrayBuffer')
  memory(): ArrayBuffer {
    return given as ArrayBuffer;
  }
  @Get('/Blob')
  async blob(): Promise<Blob> {
    return given as Blob;
  }
  @Get('/File')
  async file(): Promise<File> {
    return given as File;
  }
  @Get('/Readable')
  readable(): Readable {
    return given as Readable;
  }
  @Get('/PassThrough')
  through(): PassThrough {
    return given as PassThrough;
  }
  @Get('/ReadableStream')
  web(): ReadableStream<Uint8Array> {
    return given as ReadableStream<Uint8Array>;
  }
  @Get('/Response')
  async response(): Promise<globalThis.Response> {
    return given as globalThis.Response;
  }
  @Get('/either')
  either(): { id: int } | Buffer | null {
    return given as Buffer;
  }
  @Get('/image', { status: 201 })
  image(reply: Reply): Buffer {
    reply.headers.set('content-type', 'image/png');
    reply.headers.set('x-more', '1');
    return Buffer.from(BYTES);
  }
  @Get('/html', { responseClass: HTMLResponse })
  html(): Readable {
    return Readable.from(['<h1>', 'hello']);
  }
  @Get('/text', { responseClass: PlainTextResponse })
  text(): Buffer {
    return Buffer.from('text');
  }
  @Get('/chunks', { responseClass: StreamingResponse })
  chunks(): unknown {
    return Readable.from(['a', 'b']);
  }
  @Get('/json', { responseClass: JSONResponse })
  json(): unknown {
    return BYTES;
  }
}

describe('bytes, and what gives them', () => {
  const app = new Vivace({ controllers: [Answers] });

  it.each(Object.keys(RAW))('of %s are sent as they are, whatever is declared', async (kind) => {
    await using client = await testClient(app);
    const options = ['/any', '/later', '/off', `/${kind}`];
    for (const path of kind.endsWith('r') && kind !== 'Readable'
      ? [...options, '/option']
      : options) {
      given = RAW[kind]!();
      const answer = await client.get(path);
      expect([path, answer.status, answer.headers.get('content-type')]).toEqual([
        path,
        200,
        'application/octet-stream',
      ]);
      expect([...answer.body]).toEqual([...BYTES]);
      given = RAW[kind]!();
      const head = await client.request('HEAD', path);
      expect([head.status, head.body.length]).toEqual([200, 0]);
    }
  });

  it('are documented as bytes', async () => {
    const { paths } = await app.openapi();
    const content = (path: string) =>
      (paths[path] as { get: { responses: { 200: { content: object } } } }).get.responses[200]
        .content;
    const octets = {
      'application/octet-stream': {
        schema: { type: 'string', contentMediaType: 'application/octet-stream' },
      },
    };
    const kinds = Object.keys(RAW).filter((kind) => kind !== 'Response');
    for (const path of ['option', ...kinds]) expect(content(`/${path}`)).toEqual(octets);
    for (const path of ['/any', '/off', '/Response'])
      expect(content(path)).toEqual({ 'application/json': { schema: {} } });
    expect(content('/either')).toMatchObject({
      ...octets,
      'application/json': { schema: { anyOf: [{ properties: { id: {} } }, { type: 'null' }] } },
    });
  });

  it('may stand beside a model, which still counts', async () => {
    await using client = await testClient(app);
    given = Buffer.from(BYTES);
    expect([...(await client.get('/either')).body]).toEqual([...BYTES]);
    given = { id: 1, secret: 2 };
    expect((await client.get('/either')).json()).toEqual({ id: 1 });
    given = null;
    expect((await client.get('/either')).json()).toBeNull();
  });

  it('are all that fits where they are declared', async () => {
    await using client = await testClient(app);
    for (const path of ['/Buffer', '/Readable', '/Blob', '/option']) {
      given = { id: 1 };
      await expect(client.get(path)).rejects.toThrow('valid bytes');
    }
  });

  it('do not fit where a model is declared', async () => {
    @Controller()
    class Models {
      @Get('/model')
      model(): { id?: int } {
        return given as { id?: int };
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Models] }));
    for (const [kind, make] of Object.entries(RAW)) {
      given = make();
      if (kind === 'Response') expect([...(await client.get('/model')).body]).toEqual([...BYTES]);
      else await expect(client.get('/model')).rejects.toThrow('response');
    }
  });

  it('have the media type of Reply, of their Blob, or of the response class', async () => {
    await using client = await testClient(app);
    const { status, headers, body } = await client.get('/image');
    expect([status, headers.get('content-type'), headers.get('x-more'), [...body]]).toEqual([
      201,
      'image/png',
      '1',
      [...BYTES],
    ]);
    given = new Blob(['<b>'], { type: 'text/html' });
    const blob = await client.get('/Blob');
    expect([blob.headers.get('content-type'), blob.headers.get('content-length')]).toEqual([
      'text/html; charset=utf-8',
      '3',
    ]);
    const html = await client.get('/html');
    expect([html.headers.get('content-type'), html.text]).toEqual([
      'text/html; charset=utf-8',
      '<h1>hello',
    ]);
    expect((await client.get('/text')).text).toBe('text');
    expect((await client.get('/chunks')).text).toBe('ab');
    expect((await client.get('/json')).text).toBe('"__4AAQ=="');
  });

  it('are an error of the handler where they cannot be read', async () => {
    await using client = await testClient(app, { raiseErrors: false });
    given = new Readable({ read: () => {}, objectMode: true }).destroy(new Error('disk'));
    expect((await client.get('/any')).status).toBe(500);
    given = Readable.from([{ id: 1 }]);
    expect((await client.get('/any')).status).toBe(500);
    const read = new globalThis.Response('a');
    await read.text();
    given = read;
    expect((await client.get('/Response')).status).toBe(500);
    given = globalThis.Response.error();
    expect((await client.get('/Response')).status).toBe(500);
  });
});

describe('a response of the web platform', () => {
  it('is answered as it is, from upstream too: status, headers, cookies and body', async () => {
    const upstream = createServer((request, response) => {
      response.writeHead(request.url === '/gone' ? 410 : 200, {
        'content-type': 'text/plain',
        'content-encoding': 'gzip',
        'x-upstream': 'yes',
        connection: 'x-hop',
        'x-hop': 'no',
        'set-cookie': ['a=1', 'b=2'],
      });
      response.end(gzipSync('hello '.repeat(1000)));
    }).listen(0);
    const { port } = upstream.address() as AddressInfo;
    @Controller()
    class Proxy {
      @Get('/typed/:path')
      async typed(path: string): Promise<globalThis.Response> {
        return fetch(`http://127.0.0.1:${port}/${path}`);
      }
      @Get('/inferred/:path')
      inferred(path: string) {
        return fetch(`http://127.0.0.1:${port}/${path}`);
      }
      @Get('/made')
      made() {
        return globalThis.Response.json({ made: true }, { status: 418 });
      }
      @Get('/empty')
      empty() {
        return new globalThis.Response(null, { status: 204, headers: { 'x-empty': '1' } });
      }
    }
    await using server = await new Vivace({ controllers: [Proxy] }).listen({ port: 0 });
    for (const way of ['typed', 'inferred']) {
      const answer = await fetch(`${server.url}/${way}/here`);
      expect([answer.status, await answer.text()]).toEqual([200, 'hello '.repeat(1000)]);
      const { headers } = answer;
      expect(headers.getSetCookie()).toEqual(['a=1', 'b=2']);
      expect([
        headers.get('x-upstream'),
        headers.get('x-hop'),
        headers.get('content-encoding'),
      ]).toEqual(['yes', null, null]);
      expect((await fetch(`${server.url}/${way}/gone`)).status).toBe(410);
      const head = await fetch(`${server.url}/${way}/here`, { method: 'HEAD' });
      expect([head.status, head.headers.get('x-upstream')]).toEqual([200, 'yes']);
    }
    const made = await fetch(`${server.url}/made`);
    expect([made.status, await made.json()]).toEqual([418, { made: true }]);
    const empty = await fetch(`${server.url}/empty`);
    expect([empty.status, empty.headers.get('x-empty')]).toEqual([204, '1']);
    upstream.close();
  });
});

describe('what belongs to a request', () => {
  @Controller()
  class Parts {
    @Get('/request') request(part: Request): unknown {
      return { part };
    }
    @Get('/reply') reply(part: Reply) {
      return part;
    }
    @Get('/tasks') tasks(part: BackgroundTasks) {
      return [part];
    }
    @Get('/session') session(part: WebSession) {
      return part;
    }
    @Get('/session-typed') typed(part: WebSession): object {
      return part;
    }
    @Get('/rooms') rooms(part: Rooms) {
      return { part };
    }
    @Get('/signal') signal(part: AbortSignal): unknown {
      return part;
    }
    @Post('/file') file(part: UploadFile): unknown {
      return [part];
    }
  }

  const app = new Vivace({
    controllers: [Parts],
    middleware: [sessions({ secret: 'a secret that is long enough for a key' })],
  });

  test.each(['request', 'reply', 'tasks', 'session', 'session-typed', 'rooms', 'signal'])(
    'is no data: %s',
    async (path) => {
      await using client = await testClient(app);
      await expect(client.get(`/${path}`)).rejects.toThrow(
        /has no form in JSON|a valid dictionary/,
      );
    },
  );

  test('but a file is what is said of it', async () => {
    await using client = await testClient(app);
    const files = { part: { filename: 'a.txt', content: 'secret', contentType: 'text/plain' } };
    expect((await client.post('/file', { files })).json()).toEqual([
      { filename: 'a.txt', size: 6, content_type: 'text/plain' },
    ]);
  });
});
