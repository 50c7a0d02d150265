import { mkdtempDisposableSync, readdirSync, readlinkSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Controller, File, Form, Post, UploadFile, Vivace, type Server } from 'vivace';
import { request, Wire } from './raw';

@Controller()
class Api {
  @Post('/upload', { status: 201 })
  upload(@File({ maxSize: 3_000_000 }) file: UploadFile): Record<string, unknown> {
    return { name: file.filename, size: file.size };
  }
  @Post('/headers', { status: 201 })
  headers(file: UploadFile): Record<string, unknown> {
    return { type: file.contentType, headers: [...file.headers] };
  }
  @Post('/form')
  form(@Form() username: string): Record<string, string> {
    return { username };
  }
}

const directory = mkdtempDisposableSync(join(tmpdir(), 'uploads-'));
let server: Server;
beforeAll(async () => {
  server = await new Vivace({ controllers: [Api], uploads: { directory: directory.path } }).listen({
    port: 0,
    handleSignals: false,
  });
});
afterAll(async () => {
  await server.close();
  directory.remove();
});

const MULTIPART = { 'content-type': 'multipart/form-data; boundary=x' };
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const part = (disposition: string, content: string, more = ''): string =>
  `--x\r\nContent-Disposition: form-data; ${disposition}\r\n${more}\r\n${content}\r\n`;
const file = (name: string, content = 'abc'): string => part(`name="file"; ${name}`, content);

async function answer(
  path: string,
  headers: Record<string, string>,
  body: string,
  to = server,
): Promise<[number, unknown]> {
  await using wire = new Wire(to);
  const [first] = await wire.send(request('POST', path, headers, body)).answers(1);
  return [first![0], JSON.parse(Buffer.from(first![1], 'latin1').toString())];
}
const upload = (body: string, headers = MULTIPART, to = server) =>
  answer('/upload', headers, `${body}--x--\r\n`, to);

describe('an upload', () => {
  it('M00 is taken', async () => {
    await expect(upload(file('filename="a.txt"'))).resolves.toEqual([
      201,
      { name: 'a.txt', size: 3 },
    ]);
  });

  it.each([
    ['M01 without a boundary', { 'content-type': 'multipart/form-data' }, 400],
    ['M02 with another boundary', { 'content-type': 'multipart/form-data; boundary=other' }, 400],
    [
      'with a boundary of 300 characters',
      { 'content-type': `multipart/form-data; boundary=${'y'.repeat(300)}` },
      400,
    ],
    ['M19 that is said to be JSON', { 'content-type': 'application/json' }, 422],
  ])('%s is refused', async (_, headers, status) => {
    const [seen] = await upload(file('filename="a.txt"'), headers);
    expect(seen).toBe(status);
  });

  it('M03 that breaks off is refused', async () => {
    const [status] = await answer('/upload', MULTIPART, file('filename="a.txt"'));
    expect(status).toBe(400);
  });

  it('M04, M05 that is too large is refused while it arrives', async () => {
    await expect(upload(file('filename="a.txt"', 'x'.repeat(3_000_001)))).resolves.toEqual([
      413,
      { detail: "The file 'file' is larger than 3000000 bytes." },
    ]);
    await using wire = new Wire(server);
    wire.send(
      request('POST', '/upload', { ...MULTIPART, 'content-length': 20_000_000 }),
      `--x\r\nContent-Disposition: form-data; `,
    );
    wire.send('name="file"; filename="a"\r\n\r\n', 'x'.repeat(4_000_000));
    const [first] = await wire.answers(1);
    expect(first![0]).toBe(413);
    await using announced = new Wire(server);
    const [refused] = await announced
      .send(request('POST', '/upload', { ...MULTIPART, 'content-length': 2_000_000_000 }))
      .answers(1);
    expect(refused![0]).toBe(413);
  });

  it('M06, M07, M08, M13 with too many parts, or parts too large, is refused', async () => {
    const [fields] = await upload(part('name="a"', '1').repeat(5000));
    const [files] = await upload(file('filename="a"').repeat(500));
    const [header] = await upload(
      part('name="file"; filename="a"', 'x', `X-Junk: ${'j'.repeat(200_000)}\r\n`),
    );
    const [field] = await answer(
      '/form',
      MULTIPART,
      `${part('name="username"', 'x'.repeat(900_000))}--x--\r\n`,
    );
    expect([fields, files, header, field]).toEqual([400, 400, 400, 413]);
  });

  it.each([
    [String.raw`filename="../../etc/passwd"`, 'passwd'],
    [String.raw`filename="C:\\x\\..\\evil.txt"`, 'evil.txt'],
    ["filename*=UTF-8''..%2f..%2fx", 'x'],
    ['filename="a\tb.txt"', 'ab.txt'],
    ['filename=".."', ''],
  ])('M09–M11 has a name that leads nowhere else: %s', async (disposition, name) => {
    await expect(upload(file(disposition))).resolves.toEqual([201, { name, size: 3 }]);
  });

  it('M10 with NUL in its name is cleaned or refused', async () => {
    const [status, body] = await upload(file('filename="evil\0.png"'));
    expect([201, 400]).toContain(status);
    expect(JSON.stringify(body)).not.toContain('u0000');
  });

  it('M10 has headers that a program can read, whatever the client wrote into them', async () => {
    const more = 'Content-Type: image/\0png\r\nwith blanks: 1\r\nX-Caf\xe9: 2\r\nX-Page: \x013\r\n';
    await expect(
      answer(
        '/headers',
        MULTIPART,
        `${part('name="file"; filename="e\0vil"', 'abc', more)}--x--\r\n`,
      ),
    ).resolves.toEqual([
      201,
      {
        type: 'image/png',
        headers: [
          ['content-disposition', 'form-data; name="file"; filename="evil"'],
          ['content-type', 'image/png'],
          ['x-page', '3'],
        ],
      },
    ]);
  });

  it('M14 may have 500 KB of nothing before it', async () => {
    const [status] = await upload('\r\n'.repeat(250_000) + file('filename="a"'));
    expect(status).toBe(201);
  });

  it('M16, M17 of two files is one, of a text is none', async () => {
    await expect(upload(file('filename="a"') + file('filename="b"'))).resolves.toEqual([
      201,
      { name: 'b', size: 3 },
    ]);
    const text = await upload(part('name="file"', 'text'));
    expect(text).toMatchObject([422, { detail: [{ type: 'value_error', loc: ['body', 'file'] }] }]);
    const none = await upload(part('name="other"', 'text'));
    expect(none).toMatchObject([422, { detail: [{ type: 'missing', loc: ['body', 'file'] }] }]);
  });

  it('M20 that is cut off half-way leaves no file', async () => {
    using own = mkdtempDisposableSync(join(tmpdir(), 'uploads-'));
    await using leaving = await new Vivace({
      controllers: [Api],
      uploads: { directory: own.path },
    }).listen({ port: 0, handleSignals: false });
    const gone: Promise<unknown>[] = [];
    const count = (socket: Socket) =>
      gone.push(new Promise((resolve) => socket.once('close', resolve)));
    leaving.fastify.server.on('connection', count);
    const cut = Array.from({ length: 20 }, () => {
      const head = request('POST', '/upload', { ...MULTIPART, 'content-length': 2_900_000 });
      return new Wire(leaving).send(head, file('filename="a"', 'x'.repeat(2_000_000)).slice(0, -2));
    });
    await Promise.all(cut.map((wire) => wire.opened()));
    // All are spooling: an upload behind them is answered.
    await expect(upload(file('filename="a"'), MULTIPART, leaving)).resolves.toMatchObject([
      201,
      {},
    ]);
    for (const wire of cut) wire.reset();
    await Promise.all(gone);
    leaving.fastify.server.off('connection', count);
    await leaving.close();
    expect(readdirSync(own.path)).toEqual([]);
    expect(openIn(own.path)).toBe(0);
  });
});

/** The files of a directory that this process holds open, where the system tells. */
function openIn(path: string): number {
  if (process.platform !== 'linux') return 0;
  return readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`).startsWith(path);
    } catch {
      return false;
    }
  }).length;
}

describe('a form', () => {
  const form = (body: string) => answer('/form', FORM, body);

  it('M21, M22 with a lot of nothing, or of fields, is refused at once', async () => {
    const [nothing] = await form(`username=${';'.repeat(60_000)}`);
    const [fields] = await form('a=1&'.repeat(20_000));
    const [field] = await form(`username=${'x'.repeat(100_000)}`);
    expect([nothing, fields, field]).toEqual([200, 400, 413]);
  });

  it('M23 has one value for one name, no objects, and nothing of what all objects have', async () => {
    await expect(form('username=a&username=b')).resolves.toEqual([200, { username: 'b' }]);
    const [objects] = await form('username[x]=1');
    const [inherited] = await form('__proto__=1&constructor=2');
    expect([objects, inherited]).toEqual([422, 422]);
  });

  it('M24 may be badly encoded', async () => {
    await expect(form('username=%zz%')).resolves.toEqual([200, { username: '%zz%' }]);
    await expect(form('username=%ff')).resolves.toEqual([200, { username: '\ufffd' }]);
    const [status] = await form('username=\xff');
    expect(status).toBe(400);
  });
});
