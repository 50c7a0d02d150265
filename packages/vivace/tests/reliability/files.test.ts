import { randomBytes } from 'node:crypto';
import type { OutgoingHttpHeaders } from 'node:http';
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Controller, Depends, Get, Reply, Vivace, dependency, type Server } from 'vivace';
import { FileResponse } from 'vivace/responses';
import { ask, Log } from './wire';

const folder = mkdtempSync(join(tmpdir(), 'vivace-files-'));
const text = join(folder, 'letters.txt');
const letters = 'abcdefghijklmnopqrstuvwxyz';
const large = join(folder, 'large.bin');
const committed: string[] = [];
const session = dependency(function* () {
  try {
    yield 'session';
    committed.push('commit');
  } catch (error) {
    committed.push('rollback');
    throw error;
  }
});

@Controller()
class Files {
  @Get('/text')
  text(): FileResponse {
    return new FileResponse(text);
  }
  @Get('/named')
  named(reply: Reply): FileResponse {
    reply.setCookie('seen', 'yes');
    return new FileResponse(text, {
      filename: 'März "1".csv',
      headers: { 'cache-control': 'private', etag: '"own"' },
    });
  }
  @Get('/report', { responseClass: FileResponse })
  report(): string {
    return text;
  }
  @Get('/created')
  created(): FileResponse {
    return new FileResponse(text, { status: 201 });
  }
  @Get('/large')
  large(): FileResponse {
    return new FileResponse(large, { media: 'video/mp4' });
  }
  @Get('/empty')
  empty(): FileResponse {
    return new FileResponse(join(folder, 'empty.unknown'));
  }
  @Get('/missing')
  missing(@Depends(session) _session: string): FileResponse {
    return new FileResponse(join(folder, 'missing.txt'));
  }
  @Get('/folder')
  folder(): FileResponse {
    return new FileResponse(folder);
  }
}

const log = new Log();
let server: Server;
beforeAll(async () => {
  writeFileSync(text, letters);
  writeFileSync(join(folder, 'empty.unknown'), '');
  writeFileSync(large, randomBytes(8 * 1024 * 1024));
  utimesSync(text, 1_700_000_000, 1_700_000_000);
  server = await new Vivace({ controllers: [Files], logger: log.options }).listen({
    port: 0,
    handleSignals: false,
  });
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

/** Status, the headers that are asked for, and the body. */
async function get(
  path: string,
  headers: OutgoingHttpHeaders = {},
  ...names: string[]
): Promise<readonly unknown[]> {
  const answer = await ask(server, path, { headers });
  return [answer.status, ...names.map((name) => answer.headers[name]), (await answer.end()).text];
}

describe('a FileResponse', () => {
  it('says what the file is and how a client may know it again', async () => {
    const answer = await ask(server, '/text');
    expect((await answer.end()).text).toBe(letters);
    expect(answer.headers).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'content-length': '26',
      'accept-ranges': 'bytes',
      'last-modified': 'Tue, 14 Nov 2023 22:13:20 GMT',
      etag: expect.stringMatching(/^"[0-9a-f]+-1a"$/),
    });
    expect(answer.headers['content-disposition']).toBeUndefined();
    expect(await get('/empty', {}, 'content-type', 'content-length')).toEqual([
      200,
      'application/octet-stream',
      '0',
      '',
    ]);
  });

  it('names the file for the browser, keeps headers of the user and takes those of Reply', async () => {
    const answer = await ask(server, '/named');
    expect(answer.headers).toMatchObject({
      'content-disposition': `attachment; filename*=utf-8''M%C3%A4rz%20%221%22.csv`,
      'content-type': 'text/csv; charset=utf-8',
      'cache-control': 'private',
      etag: '"own"',
      'set-cookie': ['seen=yes; Path=/; SameSite=lax'],
    });
    await answer.end();
  });

  it('is made of a path by a handler that has it as its response class', async () => {
    expect(await get('/report')).toEqual([200, letters]);
  });

  it('is not sent again to a client that has it', async () => {
    const { etag = '', 'last-modified': modified = '' } = (await ask(server, '/text')).headers;
    for (const headers of [
      { 'if-none-match': etag },
      { 'if-none-match': `W/${etag}` },
      { 'if-none-match': `"other", ${etag}` },
      { 'if-none-match': '*' },
      { 'if-modified-since': modified },
      { 'if-none-match': etag, range: 'bytes=0-1' },
    ])
      expect(await get('/text', headers, 'etag', 'content-type', 'content-length')).toEqual([
        304,
        etag,
        undefined,
        undefined,
        '',
      ]);
    for (const headers of [
      { 'if-none-match': '"other"' },
      { 'if-none-match': 'junk', 'if-modified-since': modified },
      { 'if-modified-since': 'Mon, 13 Nov 2023 22:13:20 GMT' },
      { 'if-modified-since': 'soon' },
    ])
      expect(await get('/text', headers)).toEqual([200, letters]);
    expect(await get('/created', { 'if-none-match': '*', range: 'bytes=0-1' })).toEqual([
      201,
      letters,
    ]);
  });

  it('gives one part, from either end', async () => {
    expect(await get('/text', { range: 'bytes=0-2' }, 'content-range', 'content-length')).toEqual([
      206,
      'bytes 0-2/26',
      '3',
      'abc',
    ]);
    expect(await get('/text', { range: 'bytes=23-' }, 'content-range')).toEqual([
      206,
      'bytes 23-25/26',
      'xyz',
    ]);
    expect(await get('/text', { range: 'bytes=-2' }, 'content-range')).toEqual([
      206,
      'bytes 24-25/26',
      'yz',
    ]);
    expect(await get('/text', { range: 'bytes=20-1000' }, 'content-range')).toEqual([
      206,
      'bytes 20-25/26',
      'uvwxyz',
    ]);
    expect(await get('/text', { range: 'bytes=0-3,2-5' }, 'content-range')).toEqual([
      206,
      'bytes 0-5/26',
      'abcdef',
    ]);
  });

  it('gives several parts as multipart/byteranges', async () => {
    const answer = await ask(server, '/text', { headers: { range: 'bytes=0-1,24-,10-11' } });
    const { text: body } = await answer.end();
    expect(answer.status).toBe(206);
    const boundary = /^multipart\/byteranges; boundary=(\w+)$/.exec(
      answer.headers['content-type'] ?? '',
    )?.[1];
    const part = (range: string, content: string) =>
      `\r\n--${boundary}\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-range: bytes ${range}/26\r\n\r\n${content}`;
    expect(body).toBe(
      `${part('0-1', 'ab')}${part('24-25', 'yz')}${part('10-11', 'kl')}\r\n--${boundary}--\r\n`,
    );
    expect(answer.headers['content-length']).toBe(String(body.length));
  });

  it('answers 416 for parts that do not exist, and ignores ranges that nobody understands', async () => {
    expect(await get('/text', { range: 'bytes=26-' }, 'content-range', 'content-type')).toEqual([
      416,
      'bytes */26',
      'application/json',
      '{"detail":"Range Not Satisfiable"}',
    ]);
    expect((await get('/empty', { range: 'bytes=0-' }))[0]).toBe(416);
    for (const range of [
      'bytes',
      'bytes=',
      'bytes=x-y',
      'bytes=5-1',
      'items=0-1',
      'bytes=0-1;2-3',
      `bytes=${'9'.repeat(400)}x-`,
    ])
      expect(await get('/text', { range })).toEqual([200, letters]);
  });

  it('sends the whole rather than thousands of parts', async () => {
    const range = `bytes=${Array.from({ length: 1000 }, (_, index) => `${index * 2}-${index * 2}`).join(',')}`;
    expect((await get('/large', { range }, 'content-length')).slice(0, 2)).toEqual([
      200,
      String(8 * 1024 * 1024),
    ]);
  });

  it('gives parts only of the version that the client has', async () => {
    const { etag = '', 'last-modified': modified = '' } = (await ask(server, '/text')).headers;
    const range = 'bytes=0-2';
    expect(await get('/text', { range, 'if-range': etag })).toEqual([206, 'abc']);
    expect(await get('/text', { range, 'if-range': modified })).toEqual([206, 'abc']);
    for (const other of ['"other"', 'Mon, 13 Nov 2023 22:13:20 GMT', `W/${etag}`, 'junk'])
      expect(await get('/text', { range, 'if-range': other })).toEqual([200, letters]);
  });

  it('answers HEAD with the headers of the whole file', async () => {
    const head = await ask(server, '/text', { method: 'HEAD', headers: { range: 'bytes=0-2' } });
    expect([head.status, head.headers['content-length'], head.headers['accept-ranges']]).toEqual([
      200,
      '26',
      'bytes',
    ]);
    expect(await head.end()).toEqual({ text: '', whole: true });
  });

  it('that cannot be sent is an error of the handler: 500 with nothing leaked, a rollback, and the path in the log', async () => {
    expect(await get('/missing', {}, 'etag')).toEqual([
      500,
      undefined,
      '{"detail":"Internal Server Error"}',
    ]);
    expect(committed).toEqual(['rollback']);
    const missing = join(folder, 'missing.txt');
    expect((await log.line('Unhandled error')).err).toMatchObject({
      message: `FileResponse: ${missing} cannot be sent: ENOENT: no such file or directory, open '${missing}'`,
    });
    expect((await get('/folder'))[0]).toBe(500);
  });

  it('closes the file, also when the client leaves half-way', async () => {
    const open = (): number => readdirSync('/dev/fd').length;
    await get('/text');
    const before = open();
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(server, '/large')));
    const parts = await Promise.all(
      Array.from({ length: 20 }, () =>
        ask(server, '/large', { headers: { range: 'bytes=0-9,4000000-' } }),
      ),
    );
    for (const answer of [...answers, ...parts]) answer.leave();
    while (open() > before) await sleep(20);
    await get('/text', { 'if-none-match': '*' });
    await get('/text', { range: 'bytes=99-' });
    while (open() > before) await sleep(20);
  });
});
