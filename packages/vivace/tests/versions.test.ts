import { Controller, Get, Header, Vivace, type int } from 'vivace';
import { cors, deprecation } from 'vivace/middleware';
import type { OpenAPIDocument } from 'vivace/openapi';
import { testClient } from 'vivace/testing';
import { call, listening } from './http';

@Controller('/items')
class ItemsV1 {
  @Get('/:id')
  read(id: int): string {
    return `one ${id}`;
  }
}
@Controller('/items')
class ItemsV2 {
  @Get('/:id')
  read(id: int, @Header() x_token: string = 'none'): string[] {
    return ['two', String(id), x_token];
  }
}
@Controller('/items', { apiVersion: '10' })
class ItemsV10 {
  @Get('/:id')
  read(id: int): { id: int } {
    return { id };
  }
}
@Controller('/other')
class Other {
  @Get('/')
  read(): null {
    return null;
  }
}
const old = deprecation({ since: new Date('2026-01-01'), sunset: new Date('2027-01-01') });
const app = (): Vivace =>
  new Vivace({ controllers: [ItemsV10, Other] })
    .include(ItemsV2, { apiVersion: '2' })
    .include(ItemsV1, { apiVersion: '1', middleware: [old] });
const asked = (version: string) => ({ headers: { 'accept-version': version } });

describe('versions in a header', () => {
  it('choose between operations of one path; without one the oldest answers', async () => {
    await using server = await listening(app());
    expect((await call(server, '/items/3', asked('1'))).json).toBe('one 3');
    expect((await call(server, '/items/3', asked('2'))).json).toEqual(['two', '3', 'none']);
    expect((await call(server, '/items/3', asked('10'))).json).toEqual({ id: 3 });
    expect((await call(server, '/items/3')).json).toBe('one 3');
    expect((await call(server, '/items/3', { method: 'HEAD', ...asked('10') })).status).toBe(200);
  });

  it('are told to caches, and old ones to clients', async () => {
    await using server = await listening(app());
    const { headers } = await call(server, '/items/3', asked('1'));
    expect([headers.vary, headers.deprecation]).toEqual(['Accept-Version', '@1767225600']);
    const current = await call(server, '/items/3', asked('2'));
    expect([current.headers.vary, current.headers.deprecation]).toEqual([
      'Accept-Version',
      undefined,
    ]);
    expect((await call(server, '/other/')).headers.vary).toBeUndefined();
  });

  it('that are not there are answered 406 with those that are, other methods with 405, other paths with 404', async () => {
    await using server = await listening(app());
    const { status, json } = await call(server, '/items/3', asked('7'));
    expect([status, json]).toEqual([
      406,
      { detail: 'There is no such version; there are 10, 2, 1' },
    ]);
    expect((await call(server, '/items/3', { method: 'DELETE', ...asked('1') })).status).toBe(405);
    expect((await call(server, '/nowhere', asked('1'))).status).toBe(404);
    expect((await call(server, '/other/', asked('7'))).status).toBe(200);
  });

  it('vary beside origins', async () => {
    await using client = await testClient(app().use(cors({ origins: ['https://shop.example'] })));
    expect((await client.get('/items/3')).headers.get('vary')).toBe('Accept-Version, Origin');
  });

  it('stand in the document, which shows the newest', async () => {
    const { paths } = await app().openapi();
    expect(Object.keys(paths)).toEqual(['/items/{id}', '/other/']);
    expect(paths['/items/{id}']!['get']).toMatchObject({
      operationId: 'read_v10_items__id__get',
      parameters: [
        { name: 'id', in: 'path' },
        {
          name: 'Accept-Version',
          in: 'header',
          required: false,
          schema: { type: 'string', enum: ['1', '2', '10'] },
        },
      ],
    });
  });

  it('have a document each, which shows what a client of that version reaches', async () => {
    await using server = await listening(app());
    const one = (await call(server, '/openapi.json?version=1')).json as OpenAPIDocument;
    expect(one.paths['/items/{id}']!['get']).toMatchObject({
      operationId: 'read_v1_items__id__get',
      deprecated: true,
      parameters: [
        { name: 'id' },
        { name: 'Accept-Version', required: false, schema: { enum: ['1'] } },
      ],
    });
    const two = await app().openapi({ version: '2' });
    expect(two.paths['/items/{id}']!['get']).toMatchObject({
      operationId: 'read_v2_items__id__get',
      parameters: [
        { name: 'id' },
        { name: 'x-token' },
        { name: 'Accept-Version', required: true, schema: { enum: ['2'] } },
      ],
    });
    expect(Object.keys(two.paths).toSorted()).toEqual(['/items/{id}', '/other/']);
    const none = await call(server, '/openapi.json?version=7');
    expect([none.status, none.json]).toEqual([
      404,
      { detail: 'There is no such version; there are 1, 2, 10' },
    ]);
    expect((await call(server, '/openapi.json')).json).toEqual(await app().openapi());
  });

  it('leave out of their documents what they do not have', async () => {
    const { paths } = await new Vivace({ controllers: [ItemsV10] })
      .include(Other, { apiVersion: '1' })
      .openapi({ version: '10' });
    expect(Object.keys(paths)).toEqual(['/items/{id}']);
  });

  it('are chosen in Swagger UI by name, in ReDoc by address', async () => {
    await using client = await testClient(app());
    const { text } = await client.get('/docs');
    expect(text).toContain('{"url":"/openapi.json?version=10","name":"Version 10"}');
    expect((await client.get('/docs-assets/swagger-ui-standalone-preset.js')).status).toBe(200);
    expect((await client.get('/redoc?version=2')).text).toContain(
      'spec-url="/openapi.json?version=2"',
    );
    await using plain = await testClient(new Vivace({ controllers: [Other] }));
    expect((await plain.get('/docs')).text).not.toContain('standalone-preset');
  });

  it('do not stand beside an operation without one: it would never run, or they would not', async () => {
    await expect(new Vivace({ controllers: [ItemsV1, ItemsV10] }).build()).rejects.toThrow(
      'ROUTE_DUPLICATE',
    );
    await expect(
      new Vivace({ controllers: [ItemsV10] }).include(ItemsV1, { apiVersion: '10' }).build(),
    ).rejects.toThrow('ROUTE_DUPLICATE');
  });
});

describe('versions in the path', () => {
  it('are prefixes, with documents of their own where they are mounted', async () => {
    const prefixed = new Vivace({ controllers: [Other] })
      .include(ItemsV1, { prefix: '/v1', deprecated: true })
      .include(ItemsV2, { prefix: '/v2' });
    await using client = await testClient(
      prefixed.mount('/v3', new Vivace({ controllers: [Other], title: 'Third' })),
    );
    expect([
      (await client.get('/v1/items/1')).json(),
      (await client.get('/v2/items/1')).json(),
    ]).toEqual(['one 1', ['two', '1', 'none']]);
    const { paths } = client.server.openapi();
    expect(paths['/v1/items/{id}']!['get']).toMatchObject({ deprecated: true });
    expect((await client.get('/v3/openapi.json')).json()).toMatchObject({
      info: { title: 'Third' },
    });
  });
});
