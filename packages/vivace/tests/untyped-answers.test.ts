import { Controller, Get, Vivace } from 'vivace';
import { testClient } from 'vivace/testing';

class Pet {
  name!: string;
  owner: string | null = null;
}

@Controller()
class Untyped {
  @Get('/unknown') one(): unknown {
    return { name: 'Rex', owner: null, tags: [null], at: { home: null } };
  }
  @Get('/lines') async *lines(): AsyncIterable<unknown> {
    yield { owner: null };
  }
  @Get('/pets') async *pets(): AsyncIterable<Pet> {
    yield { name: 'Rex', owner: null };
  }
  @Get('/pet') pet(): Pet {
    return { name: 'Rex', owner: null };
  }
}

test('null fields of plain objects leave as they are', async () => {
  await using client = await testClient(new Vivace({ controllers: [Untyped] }));
  expect((await client.get('/unknown')).text).toBe(
    '{"name":"Rex","owner":null,"tags":[null],"at":{"home":null}}',
  );
  expect((await client.get('/lines')).text).toBe('{"owner": null}\n');
  expect((await client.get('/pets')).text).toBe('{"name":"Rex","owner":null}\n');
  expect((await client.get('/pet')).text).toBe('{"name":"Rex","owner":null}');
});

test('what is not known has no title in the document', async () => {
  const { paths } = await new Vivace({ controllers: [Untyped] }).openapi();
  const content = (path: string): object =>
    (paths[path] as { get: { responses: { 200: { content: object } } } }).get.responses[200]
      .content;
  expect(content('/unknown')).toEqual({ 'application/json': { schema: {} } });
  expect(content('/lines')).toEqual({ 'application/jsonl': { itemSchema: {} } });
  expect(content('/pets')).toEqual({
    'application/jsonl': { itemSchema: { $ref: '#/components/schemas/Pet' } },
  });
});
