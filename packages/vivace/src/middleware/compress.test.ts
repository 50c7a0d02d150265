import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, createGunzip, gunzipSync, zstdDecompressSync } from 'node:zlib';
import { Controller, Get, Vivace, type Server } from 'vivace';
import { compress, etag } from 'vivace/middleware';
import { FileResponse, PlainTextResponse, Response, StreamingResponse } from 'vivace/responses';
import { call, listening, opened } from '../../tests/http';

const text = 'all work and no play '.repeat(100);
const directory = mkdtempSync(join(tmpdir(), 'vivace-compress-'));
writeFileSync(join(directory, 'long.txt'), text);
writeFileSync(join(directory, 'short.txt'), 'short');
writeFileSync(join(directory, 'long.png'), Buffer.alloc(2000));
afterAll(() => rmSync(directory, { recursive: true }));
let release = (): void => {};

@Controller('/texts')
class Texts {
  @Get('/long')
  long(): string {
    return text;
  }
  @Get('/short')
  short(): string {
    return 'short';
  }
  @Get('/tagged', { middleware: [etag()] })
  tagged(): string {
    return text;
  }
  @Get('/picture')
  picture(): Response {
    return new Response(Buffer.alloc(2000), { media: 'image/png' });
  }
  @Get('/asis')
  asIs(): Response {
    return new PlainTextResponse(text, { headers: { 'cache-control': 'public, no-transform' } });
  }
  @Get('/part')
  part(): Response {
    return new PlainTextResponse(text, {
      status: 206,
      headers: { 'content-range': 'bytes 0-9/10' },
    });
  }
  @Get('/lines')
  lines(): StreamingResponse {
    return new StreamingResponse(held(), { media: 'application/jsonl' });
  }
  @Get('/file')
  file(name: string): FileResponse {
    return new FileResponse(join(directory, name));
  }
  @Get('/failing')
  failing(): StreamingResponse {
    return new StreamingResponse(failing(), { media: 'text/plain' });
  }
  @Get('/broken')
  broken(): StreamingResponse {
    return new StreamingResponse(breaking(), { media: 'text/plain' });
  }
}

async function* held(): AsyncGenerator<string> {
  yield '"first"\n';
  await new Promise<void>((resolve) => (release = resolve));
  yield '"second"\n';
}
// oxlint-disable-next-line require-yield -- it fails before
async function* failing(): AsyncGenerator<string> {
  throw new Error('no first chunk');
}
async function* breaking(): AsyncGenerator<string> {
  yield text;
  await new Promise<void>((resolve) => (release = resolve));
  throw new Error('broken off');
}

const app = (options?: Parameters<typeof compress>[0]): Vivace =>
  new Vivace({ controllers: [Texts] }).use(compress(options));
const accept = (encodings: string) => ({ headers: { 'accept-encoding': encodings } });

let server: Server;
beforeAll(async () => void (server = await listening(app({ encodings: ['br', 'gzip', 'zstd'] }))));
afterAll(() => server.close());

describe('compress', () => {
  it.each([
    ['gzip', gunzipSync],
    ['br', brotliDecompressSync],
    ['zstd', zstdDecompressSync],
  ] as const)('speaks %s', async (encoding, decode) => {
    const { headers, body } = await call(server, '/texts/long', accept(encoding));
    expect(headers).toMatchObject({
      'content-encoding': encoding,
      vary: 'Accept-Encoding',
      'content-type': 'application/json',
    });
    expect(JSON.parse(decode(body).toString())).toBe(text);
    expect(Number(headers['content-length'])).toBe(body.length);
  });

  it.each([
    ['gzip, br', 'br'],
    ['br;q=0.2, gzip;q=0.8', 'gzip'],
    ['*', 'br'],
    ['*;q=0.5, gzip', 'gzip'],
    ['br;q=0, *', 'gzip'],
    ['GZIP', 'gzip'],
    ['identity', undefined],
    ['deflate', undefined],
    ['', undefined],
  ])('takes of %s what the client likes most: %s', async (header, encoding) => {
    expect((await call(server, '/texts/long', accept(header))).headers['content-encoding']).toBe(
      encoding,
    );
  });

  it('says that the answer varies also where this client takes none', async () => {
    const { headers, json } = await call(server, '/texts/long', accept('identity'));
    expect([headers.vary, json]).toEqual(['Accept-Encoding', text]);
  });

  it.each(['/texts/short', '/texts/picture', '/texts/asis', '/texts/part'])(
    'leaves %s as it is',
    async (path) => {
      const { headers } = await call(server, path, accept('gzip'));
      expect([headers['content-encoding'], headers.vary]).toEqual([undefined, undefined]);
    },
  );

  it('gives HEAD the headers of GET', async () => {
    const { headers, body } = await call(server, '/texts/long', {
      method: 'HEAD',
      ...accept('gzip'),
    });
    expect([headers['content-encoding'], body.length]).toEqual(['gzip', 0]);
  });

  it('makes a strong tag weak, which still means 304', async () => {
    const first = await call(server, '/texts/tagged', accept('gzip'));
    expect(first.headers.etag).toMatch(/^W\/"/);
    const again = await call(server, '/texts/tagged', {
      headers: { 'accept-encoding': 'gzip', 'if-none-match': first.headers.etag! },
    });
    const { 'content-encoding': encoding, vary } = again.headers;
    expect([again.status, again.body.length, encoding, vary]).toEqual([
      304,
      0,
      undefined,
      'Accept-Encoding',
    ]);
  });

  it('sends each item of a stream at once', async () => {
    const response = await opened(server, '/texts/lines', accept('gzip'));
    const decoded = response.pipe(createGunzip());
    const [first] = (await once(decoded, 'data')) as [Buffer];
    expect([response.headers['content-encoding'], first.toString()]).toEqual(['gzip', '"first"\n']);
    release();
    const [second] = (await once(decoded, 'data')) as [Buffer];
    expect(second.toString()).toBe('"second"\n');
  });

  it('compresses files, with a tag that still means 304', async () => {
    const { headers, body } = await call(server, '/texts/file?name=long.txt', accept('gzip'));
    expect(headers).toMatchObject({
      'content-encoding': 'gzip',
      vary: 'Accept-Encoding',
      'content-type': 'text/plain; charset=utf-8',
    });
    expect([
      headers['accept-ranges'],
      headers['content-length'],
      gunzipSync(body).toString(),
    ]).toEqual([undefined, undefined, text]);
    const again = await call(server, '/texts/file?name=long.txt', {
      headers: { 'accept-encoding': 'gzip', 'if-none-match': headers.etag! },
    });
    expect([again.status, again.body.length]).toEqual([304, 0]);
  });

  it('sends parts of files, small ones and pictures as they are', async () => {
    const part = await call(server, '/texts/file?name=long.txt', {
      headers: { 'accept-encoding': 'gzip', range: 'bytes=0-9' },
    });
    expect([part.status, part.headers['content-encoding'], part.text]).toEqual([
      206,
      undefined,
      text.slice(0, 10),
    ]);
    for (const name of ['short.txt', 'long.png'])
      expect(
        (await call(server, `/texts/file?name=${name}`, accept('gzip'))).headers[
          'content-encoding'
        ],
      ).toBeUndefined();
  });

  it('compresses static files', async () => {
    await using site = await listening(app().static('/assets', directory));
    expect(gunzipSync((await call(site, '/assets/long.txt', accept('gzip'))).body).toString()).toBe(
      text,
    );
  });

  it('breaks the connection off when a stream breaks, so that nobody takes a part for the whole', async () => {
    const response = await opened(server, '/texts/broken', accept('gzip'));
    await once(response, 'data');
    release();
    await expect(once(response, 'end')).rejects.toThrow('aborted');
  });

  it('answers an error before the first chunk as it is, not as if it were compressed', async () => {
    const { status, headers, json } = await call(server, '/texts/failing', accept('gzip'));
    expect([status, headers['content-encoding'], json]).toEqual([
      500,
      undefined,
      { detail: 'Internal Server Error' },
    ]);
  });
});
