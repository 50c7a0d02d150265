import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { Controller, Form, Post, Request, Vivace, type Server } from 'vivace';
import { decompress } from 'vivace/middleware';
import { call, listening } from '../../tests/http';

@Controller('/sums')
class Sums {
  @Post('/')
  sum(numbers: number[]): number {
    return numbers.reduce((sum, number) => sum + number, 0);
  }
  @Post('/form')
  form(@Form() name: string): string {
    return name;
  }
  @Post('/size')
  async size(request: Request): Promise<number> {
    let size = 0;
    for await (const chunk of request.stream()) size += (chunk as Buffer).length;
    return size;
  }
}

let server: Server;
beforeAll(
  async () =>
    void (server = await listening(
      new Vivace({ controllers: [Sums] }).use(decompress({ maxSize: 100_000 })),
    )),
);
afterAll(() => server.close());

const post = (
  path: string,
  body: Uint8Array | string,
  encoding: string,
  type = 'application/json',
) =>
  call(server, path, {
    method: 'POST',
    body,
    headers: { 'content-encoding': encoding, 'content-type': type },
  });

describe('decompress', () => {
  it.each([
    ['gzip', gzipSync],
    ['x-gzip', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
    ['identity', Buffer.from],
  ] as const)('reads %s', async (encoding, encode) => {
    const { status, json } = await post('/sums/', encode('[1,2,3]'), encoding);
    expect([status, json]).toEqual([200, 6]);
  });

  it('reads a compressed form', async () => {
    expect(
      (await post('/sums/form', gzipSync('name=ann'), 'gzip', 'application/x-www-form-urlencoded'))
        .json,
    ).toBe('ann');
  });

  it('answers 415 to an encoding that it is not told to read', async () => {
    const { status, headers } = await post('/sums/', zstdCompressSync('[1]'), 'zstd');
    expect([status, headers['accept-encoding']]).toEqual([415, 'gzip, br, deflate']);
  });

  it('answers 400 to a body that is not what it says, or is cut off', async () => {
    for (const body of ['[1]', gzipSync('[1,2,3]').subarray(0, 15)]) {
      const { status, json } = await post('/sums/', body, 'gzip');
      expect([status, json]).toEqual([400, { detail: 'The body is not valid gzip' }]);
    }
  });

  it('answers 413 to a small body that would become a huge one, as a whole or as a stream', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    expect(bomb.length).toBeLessThan(50_000);
    expect((await post('/sums/', bomb, 'gzip')).status).toBe(413);
    expect((await post('/sums/size', bomb, 'gzip')).status).toBe(413);
    expect((await post('/sums/size', gzipSync(Buffer.alloc(100_000)), 'gzip')).json).toBe(100_000);
  });
});
