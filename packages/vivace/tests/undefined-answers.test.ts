import { Controller, Get, Vivace, type int } from 'vivace';
import { testClient } from 'vivace/testing';

class Item {
  id!: int;
  name?: string;
}
const shelf = new Map<number, Item>([[1, { id: 1 }]]);

@Controller()
class Shelf {
  @Get('/text') text(): string | undefined {
    return undefined;
  }
  @Get('/promised') promised(): Promise<Item | undefined> {
    return Promise.resolve(undefined);
  }
  @Get('/list') list(): (Item | undefined)[] {
    return [undefined, { id: 2 }];
  }
  @Get('/converted') converted(): (Date | undefined)[] {
    return [undefined, '2026-01-02T00:00:00Z' as unknown as Date];
  }
  @Get('/fields') fields(): { item: Item | undefined } {
    return { item: undefined };
  }
  @Get('/found/:id') found(id: int) {
    return shelf.get(id);
  }
  @Get('/several') several() {
    return [1, 2].map((id) => shelf.get(id));
  }
}

test.each([
  ['/text', 'null'],
  ['/promised', 'null'],
  ['/list', '[null,{"id":2}]'],
  ['/converted', '[null,"2026-01-02T00:00:00Z"]'],
  ['/fields', '{}'],
  ['/found/1', '{"id":1}'],
  ['/found/2', 'null'],
  ['/several', '[{"id":1},null]'],
])('undefined is null alone and in a list, and no field of an object: %s', async (path, text) => {
  await using client = await testClient(new Vivace({ controllers: [Shelf] }));
  const response = await client.get(path);
  expect([response.status, response.text]).toEqual([200, text]);
});

test('the document says so', async () => {
  await using client = await testClient(new Vivace({ controllers: [Shelf] }));
  const document = (await client.get('/openapi.json')).json() as {
    paths: Record<string, { get: { responses: Record<string, { content: unknown }> } }>;
  };
  const content = (path: string) => document.paths[path]!.get.responses['200']!.content;
  const itemOrNull = { anyOf: [{ $ref: '#/components/schemas/Item' }, { type: 'null' }] };
  expect(content('/found/{id}')).toMatchObject({ 'application/json': { schema: itemOrNull } });
  expect(content('/several')).toMatchObject({
    'application/json': { schema: { type: 'array', items: itemOrNull } },
  });
});
