import type { Server as HttpServer } from 'node:http';
import { Controller, Post, Request, UploadFile, Vivace, int } from 'vivace';
import { testClient } from 'vivace/testing';

const KIBIBYTE = 1024;
const MEBIBYTE = 1024 * KIBIBYTE;

@Controller()
class Api {
  @Post('/body')
  async body(request: Request): Promise<int> {
    return (await request.body()).length;
  }
  @Post('/form')
  async form(request: Request): Promise<int> {
    return (await request.form()).size;
  }
  @Post('/files')
  files(files: UploadFile[]): int {
    return files.length;
  }
}

const files = (sizes: readonly number[]) => ({
  files: sizes.map((size) => ({ filename: 'x', content: Buffer.alloc(size) })),
});

describe('without a word of the program', () => {
  it('clients have 10 seconds for headers and 30 for a request, looked at every second, and idle connections 72', async () => {
    await using server = await new Vivace({ controllers: [Api] }).build();
    const http = server.fastify.server as HttpServer;
    expect([http.headersTimeout, http.requestTimeout, http.keepAliveTimeout]).toEqual([
      10_000, 30_000, 72_000,
    ]);
    expect(
      (http as HttpServer & { connectionsCheckingInterval: number }).connectionsCheckingInterval,
    ).toBe(1000);
  });

  it('a body has 1 MiB', async () => {
    await using client = await testClient(new Vivace({ controllers: [Api] }));
    expect((await client.post('/body', { body: Buffer.alloc(MEBIBYTE) })).status).toBe(200);
    expect((await client.post('/body', { body: Buffer.alloc(MEBIBYTE + 1) })).status).toBe(413);
  });

  it('a form has 100 fields of 64 KiB and 100 files of 10 MiB', async () => {
    await using client = await testClient(new Vivace({ controllers: [Api] }));
    const fields = (count: number, size: number) =>
      Object.fromEntries(
        Array.from({ length: count }, (_, index) => [`f${index}`, 'x'.repeat(size)]),
      );
    for (const more of [{}, { files: {} }]) {
      expect((await client.post('/form', { form: fields(100, 1), ...more })).json()).toBe(100);
      expect((await client.post('/form', { form: fields(101, 1), ...more })).status).toBe(400);
      expect((await client.post('/form', { form: fields(1, 64 * KIBIBYTE), ...more })).json()).toBe(
        1,
      );
      expect(
        (await client.post('/form', { form: fields(1, 64 * KIBIBYTE + 1), ...more })).status,
      ).toBe(413);
    }
    expect(
      (await client.post('/files', { files: files(Array.from({ length: 100 }, () => 1)) })).json(),
    ).toBe(100);
    expect(
      (await client.post('/files', { files: files(Array.from({ length: 101 }, () => 1)) })).status,
    ).toBe(400);
    expect((await client.post('/files', { files: files([10 * MEBIBYTE]) })).json()).toBe(1);
    expect((await client.post('/files', { files: files([10 * MEBIBYTE + 1]) })).status).toBe(413);
  });
});
