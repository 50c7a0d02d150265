import * as fc from 'fast-check';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import {
  createServer,
  type IncomingMessage,
  type Server as HttpServer,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as zlib from 'node:zlib';
import { Controller, Get, Vivace, type Server } from 'vivace';
import { FileResponse, StreamingResponse } from 'vivace/responses';
import { call } from '../http';
import { Wire } from './raw';

const folder = mkdtempSync(join(tmpdir(), 'vivace-lengths-'));
const changing = join(folder, 'changing.bin');
const LARGE = 4 * 1024 * 1024;

/** What a stream sends, whatever its head promises. */
let pieces: readonly string[] = [];
let length = '';
/** Bytes that look like an answer. */
const FORGED = 'HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nforged';

@Controller()
class Streams {
  @Get('/stream')
  stream(): StreamingResponse {
    return new StreamingResponse(pieces, { headers: { 'content-length': length } });
  }
  @Get('/chunked')
  chunked(): StreamingResponse {
    const headers = { 'content-length': length, 'transfer-encoding': 'chunked' };
    return new StreamingResponse(pieces, { headers });
  }
  @Get('/next')
  next(): string {
    return 'the next answer';
  }
  @Get('/file')
  file(): FileResponse {
    return new FileResponse(changing);
  }
}

const CODERS: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  gzip: (bytes) => zlib.gzipSync(bytes),
  'x-gzip': (bytes) => zlib.gzipSync(bytes),
  deflate: (bytes) => zlib.deflateSync(bytes),
  br: (bytes) => zlib.brotliCompressSync(bytes),
};
const TEXT = 'a text that is longer than its compressed form, '.repeat(50);

let upstream: HttpServer;
let server: Server;
beforeAll(async () => {
  upstream = createServer((request, response) => {
    const codings = request.url!.slice(1).split(',').filter(Boolean);
    const body = codings.reduce<Buffer>(
      (bytes, coding) => CODERS[coding]!(bytes),
      Buffer.from(TEXT),
    );
    if (codings.length > 0) response.setHeader('content-encoding', codings.join(', '));
    response.setHeader('content-length', body.length);
    response.setHeader('keep-alive', 'timeout=1');
    response.setHeader('connection', 'keep-alive, x-between');
    response.setHeader('x-between', 'neighbours');
    response.setHeader('x-end', 'to end');
    response.end(body);
  }).listen(0, '127.0.0.1');
  await once(upstream, 'listening');
  const origin = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`;
  const app = new Vivace({ controllers: [Streams] })
    .mount('/proxy', { fetch: ({ url }) => fetch(origin + new URL(url).pathname) })
    .mount('/sent', { fetch: (request) => globalThis.Response.json([...request.headers.keys()]) })
    .mount('/encoded', {
      fetch: () =>
        new globalThis.Response(zlib.gzipSync(TEXT), { headers: { 'content-encoding': 'gzip' } }),
    })
    .mount('/node', (_request: IncomingMessage, response: ServerResponse) => {
      response.writeHead(200, { 'content-length': length, connection: 'close', 'x-end': 'to end' });
      for (const piece of pieces) response.write(piece);
      response.end();
    })
    .mount('/web', {
      fetch: () =>
        new globalThis.Response(pieces.join(''), {
          headers: { 'content-length': length, 'transfer-encoding': 'chunked' },
        }),
    });
  server = await app.listen({ port: 0, handleSignals: false });
});
afterAll(async () => {
  await server.close();
  upstream.close();
  rmSync(folder, { recursive: true });
});

/** Two requests over one connection: what came of both. */
async function both(path: string): Promise<string> {
  await using wire = new Wire(server);
  wire.send(`GET ${path} HTTP/1.1\r\nhost: a\r\n\r\nGET /next HTTP/1.1\r\nhost: a\r\n\r\n`);
  await Promise.race([wire.until(/the next answer/), wire.closed()]);
  return wire.received;
}

describe('the length of a streamed answer', () => {
  it.each(['/stream', '/chunked', '/node', '/web'])(
    'of %s is what its head promises, or the connection ends with it',
    async (path) => {
      const texts = fc.array(fc.constantFrom('', 'a', 'bc', 'x'.repeat(100), FORGED), {
        maxLength: 5,
      });
      const lengths = fc.oneof(
        fc.constant(undefined),
        fc.nat({ max: 250 }).map(String),
        fc.constantFrom('x', '-1', '1.5', '0x10', ''),
      );
      const check = fc.asyncProperty(texts, lengths, async (given, promised) => {
        pieces = given;
        const whole = given.join('');
        length = promised ?? String(whole.length);
        const received = await both(path);
        const [head = '', ...rest] = received.split('\r\n\r\n');
        // Nothing was sent yet.
        if (received === '') return;
        const said = /content-length: (\d+)/i.exec(head)?.[1];
        if (said === undefined || Number(said) === whole.length) {
          expect(received).toMatch(/"the next answer"$/);
          return;
        }
        const body = rest.join('\r\n\r\n');
        expect(body.length).toBeLessThanOrEqual(Number(said));
        expect(whole.startsWith(body)).toBe(true);
      });
      await fc.assert(check, { seed: 9, numRuns: 60 });
    },
  );

  it('of a file that grows is that of its beginning, and one that is cut ends the connection', async () => {
    writeFileSync(changing, 'a'.repeat(LARGE));
    for (const change of [
      () => appendFileSync(changing, FORGED),
      () => truncateSync(changing, LARGE / 2),
    ]) {
      await using wire = new Wire(server);
      wire.send('GET /file HTTP/1.1\r\nhost: a\r\n\r\n');
      await wire.until(/\r\n\r\na/);
      change();
      wire.send('GET /next HTTP/1.1\r\nhost: a\r\n\r\n');
      await Promise.race([wire.until(/the next answer/), wire.closed()]);
      const body = wire.received.slice(wire.received.indexOf('\r\n\r\n') + 4);
      const size = Number(/content-length: (\d+)/.exec(wire.received)![1]);
      if (body.length > size)
        expect(body.slice(size)).toMatch(/^HTTP\/1.1 200[^]*"the next answer"$/);
      expect(body.slice(0, size)).toMatch(/^a*$/);
    }
  });
});

describe('what a fetch handler passes on', () => {
  it.each(['', 'gzip', 'x-gzip', 'deflate', 'br', 'gzip,br'])(
    'is what a client can read: of an upstream that sends %j',
    async (codings) => {
      const { headers, text } = await call(server, `/proxy/${codings}`);
      expect(text).toBe(TEXT);
      expect(headers['content-encoding']).toBeUndefined();
      expect(headers['content-length']).toBe(codings === '' ? String(TEXT.length) : undefined);
    },
  );

  it('says nothing that was for the neighbour', async () => {
    const { headers } = await call(server, '/proxy/');
    expect([headers['x-end'], headers['x-between'], headers['keep-alive']]).toEqual([
      'to end',
      undefined,
      undefined,
    ]);
    const sent = await call(server, '/sent', {
      headers: { connection: 'keep-alive, x-hop', 'x-hop': '1', te: 'trailers', 'x-end': '1' },
    });
    expect(sent.json).toEqual(['host', 'x-end']);
  });

  it('stays encoded where the program has encoded it', async () => {
    const { headers, body } = await call(server, '/encoded');
    expect(headers['content-encoding']).toBe('gzip');
    expect(zlib.gunzipSync(body).toString()).toBe(TEXT);
  });
});
