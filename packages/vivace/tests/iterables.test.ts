import { Controller, Get, Vivace, type int } from 'vivace';
import { testClient } from 'vivace/testing';

class Bag<T> {
  constructor(private readonly items: T[] | undefined) {}
  *[Symbol.iterator](): Generator<T> {
    if (this.items === undefined) throw new Error('Bag was not loaded');
    yield* this.items;
  }
}
class Item {
  id!: int;
}
class Shop {
  name = 'shop';
  items!: Iterable<Item>;
  pair!: [int, int];
}
const item = { id: 1, more: 2 };
const shop = (items: Iterable<Item>, pair: unknown = [1, 2]): Shop =>
  Object.assign(new Shop(), { items, pair });
function* broken(): Generator<Item> {
  yield item;
  throw new Error('The cursor was lost');
}

@Controller()
class Shops {
  @Get('/bag') bag(): Shop {
    return shop(new Bag([item]), new Bag([1, 2]));
  }
  @Get('/set') set(): Item[] {
    return new Set([item]) as unknown as Item[];
  }
  @Get('/generator') generator(): Shop {
    return shop([item].values());
  }
  @Get('/array') array(): Iterable<Item> {
    return [item];
  }
  @Get('/text') text(): string[] {
    return 'abc' as unknown as string[];
  }
  @Get('/not-loaded') notLoaded(): { readonly shop: Shop } {
    return { shop: shop(new Bag<Item>(undefined)) };
  }
  @Get('/lost') lost(): Shop {
    return shop(broken());
  }
  @Get('/lost-pair') lostPair(): Shop {
    return shop([], new Bag(undefined));
  }
}

describe('an answer with a list', () => {
  const logged: string[] = [];
  const app = new Vivace({
    controllers: [Shops],
    logger: { level: 'error', stream: { write: (line: string) => void logged.push(line) } },
  });

  test.each([
    ['/bag', { name: 'shop', items: [{ id: 1 }], pair: [1, 2] }],
    ['/set', [{ id: 1 }]],
    ['/generator', { name: 'shop', items: [{ id: 1 }], pair: [1, 2] }],
    ['/array', [{ id: 1 }]],
  ])('is made of whatever can be gone through (%s)', async (path, body) => {
    await using client = await testClient(app);
    expect((await client.get(path)).json()).toEqual(body);
  });

  test('is not made of text', async () => {
    await using client = await testClient(app, { raiseErrors: false });
    expect((await client.get('/text')).status).toBe(500);
  });

  test.each([
    ['/not-loaded', 'The items of response.shop.items cannot be read: Bag was not loaded'],
    ['/lost', 'The items of response.items cannot be read: The cursor was lost'],
    ['/lost-pair', 'The items of response.pair cannot be read: Bag was not loaded'],
  ])(
    'that throws when it is gone through is a 500 whose log names the field (%s)',
    async (path, message) => {
      await using client = await testClient(app, { raiseErrors: false });
      const response = await client.get(path);
      expect([response.status, response.json()]).toEqual([
        500,
        { detail: 'Internal Server Error' },
      ]);
      expect(logged.join('\n')).toContain(message);
    },
  );
});
