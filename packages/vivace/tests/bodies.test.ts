import { Body, Controller, Get, Post, Request, Vivace, bytes, int } from 'vivace';
import { testClient, type TestClient } from 'vivace/testing';

class Item {
  name!: string;
  price!: number;
}
class User {
  username!: string;
}

@Controller('/bodies')
class Bodies {
  @Post('/one')
  one(item: Item): Item {
    return item;
  }
  @Post('/two')
  two(item: Item, user: User, @Body({ ge: 1 }) importance: int, note?: string): unknown[] {
    return [item.name, user.username, importance, note ?? null];
  }
  @Post('/embedded')
  embedded(@Body({ embed: true }) item: Item): string {
    return item.name;
  }
  @Post('/scalar')
  scalar(@Body() number: int): int {
    return number;
  }
  @Post('/list')
  list(items: Item[]): number {
    return items.length;
  }
  @Post('/record')
  record(weights: Record<string, int>): Record<string, int> {
    return weights;
  }
  @Post('/maybe')
  maybe(item: Item | null = null): string {
    return item === null ? 'none' : item.name;
  }
  @Post('/yaml')
  yaml(@Body({ media: 'application/x-yaml' }) text: string): string {
    return text;
  }
  @Post('/raw')
  raw(@Body({ media: 'application/octet-stream' }) content: bytes): number {
    return content.length;
  }
  @Get('/get')
  get(@Body() item: Item): string {
    return item.name;
  }
  @Post('/twice')
  async twice(request: Request, item: Item): Promise<unknown[]> {
    return [(await request.body()).length, await request.text(), await request.json(), item.name];
  }
  @Post('/streamed')
  async streamed(request: Request): Promise<string> {
    let size = 0;
    for await (const piece of request.stream() as AsyncIterable<Buffer>) size += piece.length;
    return request.body().then(
      () => 'again',
      (error: Error) => `${size} ${error.message}`,
    );
  }
  @Post('/large', { bodyLimit: 3_000_000 })
  async large(request: Request): Promise<int> {
    return (await request.body()).length;
  }
}

@Controller('/small', { bodyLimit: 10, strictContentType: false })
class Small {
  @Post('/')
  post(@Body() content: unknown): unknown {
    return content;
  }
}

const item = { name: 'a', price: 1 };
let client: TestClient;
beforeAll(async () => {
  client = await testClient(new Vivace({ controllers: [Bodies, Small] }));
});
afterAll(() => client.close());

const post = async (path: string, json: unknown) => {
  const response = await client.post(`/bodies${path}`, { json });
  return response.status === 200
    ? response.json()
    : (response.json() as { detail: unknown }).detail;
};

describe('a body', () => {
  it('is one DTO, or several under their names with single values among them', async () => {
    await expect(post('/one', item)).resolves.toEqual(item);
    await expect(post('/two', { item, user: { username: 'u' }, importance: 2 })).resolves.toEqual([
      'a',
      'u',
      2,
      null,
    ]);
    await expect(post('/two', { item, importance: 0 })).resolves.toMatchObject([
      { type: 'missing', loc: ['body', 'user'] },
      { type: 'greater_than_equal', loc: ['body', 'importance'] },
    ]);
    await expect(post('/two', [item])).resolves.toMatchObject([
      { type: 'missing', loc: ['body', 'item'] },
      { type: 'missing', loc: ['body', 'user'] },
      { type: 'missing', loc: ['body', 'importance'] },
    ]);
  });

  it('is embedded where that is asked for', async () => {
    await expect(post('/embedded', { item })).resolves.toBe('a');
    await expect(post('/embedded', item)).resolves.toMatchObject([
      { type: 'missing', loc: ['body', 'item'] },
    ]);
  });

  it('is a single value, a list or a record', async () => {
    await expect(post('/scalar', 7)).resolves.toBe(7);
    await expect(post('/list', [item, item])).resolves.toBe(2);
    await expect(post('/list', [item, { name: 'b' }])).resolves.toMatchObject([
      { type: 'missing', loc: ['body', 1, 'price'] },
    ]);
    await expect(post('/record', { a: 1, constructor: 2 })).resolves.toEqual({
      a: 1,
      constructor: 2,
    });
    const own = await client.post('/bodies/record', {
      headers: { 'content-type': 'application/json' },
      body: '{"__proto__":3}',
    });
    expect(own.text).toBe('{"__proto__":3}');
  });

  it('may be absent where it is optional', async () => {
    expect((await client.post('/bodies/maybe')).json()).toBe('none');
    await expect(post('/maybe', null)).resolves.toBe('none');
    const missing = await client.post('/bodies/one');
    expect(missing.json()).toEqual({
      detail: [{ type: 'missing', loc: ['body'], msg: 'Field required', input: null }],
    });
  });

  it('of another media type is text or bytes, and is documented as that type', async () => {
    const yaml = await client.post('/bodies/yaml', {
      headers: { 'content-type': 'application/x-yaml' },
      body: 'a: 1',
    });
    expect(yaml.json()).toBe('a: 1');
    const raw = await client.post('/bodies/raw', {
      headers: { 'content-type': 'application/octet-stream' },
      body: Buffer.from([0xff, 0]),
    });
    expect(raw.json()).toBe(2);
    expect(client.server.openapi().paths['/bodies/yaml']?.['post']).toMatchObject({
      requestBody: { content: { 'application/x-yaml': { schema: { type: 'string' } } } },
    });
  });

  it('of GET is read where it is asked for', async () => {
    expect((await client.request('GET', '/bodies/get', { json: item })).json()).toBe('a');
  });

  it('is given by the request in every form, as often as it is wanted', async () => {
    await expect(post('/twice', item)).resolves.toEqual([22, JSON.stringify(item), item, 'a']);
  });

  it('that was taken as a stream is not there again, which is said', async () => {
    const response = await client.post('/bodies/streamed', { body: 'abc' });
    expect(response.json()).toMatch(/^3 The body was read before/);
  });

  it('has the limit of its operation, else of its controller, else of the application', async () => {
    const large = await client.post('/bodies/large', { body: 'x'.repeat(3_000_000) });
    expect(large.json()).toBe(3_000_000);
    expect((await client.post('/bodies/large', { body: 'x'.repeat(3_000_001) })).status).toBe(413);
    expect((await client.post('/bodies/streamed', { body: 'x'.repeat(100) })).status).toBe(200);
    const small = await client.post('/small/', { json: '12345678' });
    expect([small.status, small.json()]).toEqual([200, '12345678']);
    const over = await client.post('/small/', { json: '123456789' });
    expect([over.status, over.json()]).toEqual([413, { detail: 'Content Too Large' }]);
    const app = new Vivace({ controllers: [Bodies], bodyLimit: 20 });
    await using other = await testClient(app);
    expect((await other.post('/bodies/one', { json: item })).status).toBe(413);
  });

  it('without a content type is JSON only where that is allowed', async () => {
    expect((await client.post('/small/', { body: '{"a":1}' })).json()).toEqual({ a: 1 });
    const strict = await client.post('/bodies/one', { body: JSON.stringify(item) });
    expect(strict.json()).toMatchObject({
      detail: [{ type: 'model_attributes_type', loc: ['body'] }],
    });
  });
});
