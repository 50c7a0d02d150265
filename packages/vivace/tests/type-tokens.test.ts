import {
  Body,
  Controller,
  Get,
  Post,
  Query,
  Vivace,
  int,
  listOf,
  oneOf,
  pageOf,
  parse,
  uuid,
} from 'vivace';
import { Page } from 'vivace/responses';
import { testClient } from 'vivace/testing';

class Item {
  id!: int;
}
const page = { items: [{ id: 1 }], total: 1, page: 1, size: 20, pages: 1 };

@Controller()
class Items {
  @Post('/list') list(@Body(listOf(Item)) items: Item[]): number {
    return items.length;
  }
  @Get('/colours') colours(@Query(listOf(oneOf('red', 'blue'))) colour: ('red' | 'blue')[]) {
    return colour;
  }
  @Get('/written') written(): Page<Item> {
    return Object.assign(new Page<Item>(), page);
  }
  @Get('/named', { response: pageOf(Item) }) named(): Page<Item> {
    return Object.assign(new Page<Item>(), page);
  }
}

describe('a type that is named by a value', () => {
  const app = new Vivace({ controllers: [Items] });

  test('may be a list', async () => {
    await using client = await testClient(app);
    expect((await client.post('/list', { json: [{ id: '1' }, { id: 2 }] })).json()).toBe(2);
    expect((await client.post('/list', { json: [{}] })).status).toBe(422);
    expect((await client.get('/colours?colour=red&colour=blue')).json()).toEqual(['red', 'blue']);
    expect((await client.get('/colours?colour=grey')).status).toBe(422);
  });

  test('may be a page, which is the one of the written type', async () => {
    await using client = await testClient(app);
    expect((await client.get('/named')).json()).toEqual(page);
    const { paths, components } = client.server.openapi();
    const schemaOf = (path: string) => {
      const { responses } = paths[path]!['get'] as { readonly responses: unknown };
      return JSON.stringify(responses);
    };
    expect(schemaOf('/named')).toBe(schemaOf('/written'));
    expect(Object.keys(components!.schemas!).filter((name) => name.startsWith('Page'))).toEqual([
      'Page_Item_',
    ]);
  });

  test('may be nested, of classes and types of vivace', () => {
    expect(parse(pageOf(Item), page).items[0]).toBeInstanceOf(Item);
    expect(parse(pageOf(listOf(uuid)), { ...page, items: [] }).items).toEqual([]);
    expect(() => parse(pageOf(int), { ...page, items: ['x'] })).toThrow(/int_parsing|integer/);
    expect(parse(listOf(pageOf(int)), [{ ...page, items: ['1'] }])[0]?.items).toEqual([1]);
  });

  test('cannot be a page of what has no name', () => {
    expect(() => parse(pageOf(oneOf('a')), page)).toThrow(/NOT_A_TYPE/);
  });
});
