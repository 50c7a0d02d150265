import { Min } from 'class-validator';
import { Body, Controller, Get, Post, Vivace, type int } from 'vivace';
import { testClient } from 'vivace/testing';

/** Classes that are made with each call: `least` is what the rules of this call say. */
function shop(least: number) {
  class Item {
    @Min(least) n!: int;
    readonly by = least;
  }
  class Box {
    item!: Item;
    more: Item[] = [];
  }
  class Crate extends Box {
    label = '';
  }
  class Pair<T> {
    left!: T;
    right!: T;
  }
  type Items = readonly Item[];
  interface Shelf {
    items: Items;
  }
  @Controller('/shop')
  class Shop {
    @Post('/item') item(item: Item) {
      return [item];
    }
    @Post('/list') list(items: Item[]) {
      return items;
    }
    @Post('/alias') alias(items: Items) {
      return items;
    }
    @Post('/map') map(items: Map<string, Item>) {
      return [...items.values()];
    }
    @Post('/null') orNull(@Body() item: Item | null) {
      return [item];
    }
    @Post('/field') field(@Body() { item }: Box) {
      return [item];
    }
    @Post('/inherited') inherited(@Body() { more }: Crate) {
      return more;
    }
    @Post('/generic') generic(@Body() { left, right }: Pair<Item>) {
      return [left, right];
    }
    @Post('/interface') shelf(@Body() { items }: Shelf) {
      return items;
    }
    @Post('/mapped') mapped(item: Partial<Item>) {
      return [Object.assign(new Item(), item)];
    }
    @Post('/later') later(item: Later) {
      return [{ by: item.by }];
    }
  }
  class Later {
    @Min(least) n!: int;
    readonly by = least;
  }
  return Shop;
}

const ITEM = { n: 3 };
const BODIES: Readonly<Record<string, unknown>> = {
  item: ITEM,
  list: [ITEM],
  alias: [ITEM],
  map: { a: ITEM },
  null: ITEM,
  field: { item: ITEM },
  inherited: { item: { n: 9 }, more: [ITEM] },
  generic: { left: ITEM, right: { n: 9 } },
  interface: { items: [ITEM] },
  mapped: ITEM,
  later: ITEM,
};

/** What each way of `Shop` says to an item of 3. */
async function verdicts(controller: ReturnType<typeof shop>): Promise<Record<string, unknown>> {
  await using client = await testClient(new Vivace({ controllers: [controller] }));
  const found: Record<string, unknown> = {};
  for (const [way, json] of Object.entries(BODIES)) {
    const answer = await client.post(`/shop/${way}`, { json });
    found[way] = answer.status === 200 ? answer.json<{ by: number }[]>()[0]!.by : answer.status;
  }
  return found;
}
const every = (verdict: number) =>
  Object.fromEntries(Object.keys(BODIES).map((way) => [way, verdict]));

describe('classes that a function makes with each call', () => {
  it('keep their rules, whatever the type that mentions them', async () => {
    expect(await verdicts(shop(1))).toEqual(every(1));
    expect(await verdicts(shop(5))).toEqual(every(422));
    expect(await verdicts(shop(2))).toEqual(every(2));
  });

  it('keep them where all are made before the first is read', async () => {
    const shops = [shop(1), shop(5), shop(3)] as const;
    expect(await verdicts(shops[2])).toEqual(every(3));
    expect(await verdicts(shops[0])).toEqual(every(1));
    expect(await verdicts(shops[1])).toEqual(every(422));
  });

  it('are those of the outer call for a class that an inner function makes', async () => {
    const outer = (least: number) => {
      class Item {
        @Min(least) n!: int;
      }
      return () => {
        @Controller('/shop')
        class Shop {
          @Post('/list') list(items: Item[]) {
            return items.length;
          }
        }
        return Shop;
      };
    };
    const statuses = [];
    for (const least of [1, 5]) {
      const inner = outer(least);
      for (const controller of [inner(), inner()]) {
        await using client = await testClient(new Vivace({ controllers: [controller] }));
        statuses.push((await client.post('/shop/list', { json: [ITEM] })).status);
      }
    }
    expect(statuses).toEqual([200, 200, 422, 422]);
  });

  const making = (least: number) => {
    class Item {
      @Min(least) n!: int;
    }
    return {
      Item,
      reading: () => {
        @Controller('/shop')
        class Shop {
          @Post('/item') item(item: Item) {
            return item.n;
          }
        }
        return Shop;
      },
      listing: () => {
        @Controller('/shop')
        class Shop {
          @Post('/list') list(items: Item[]) {
            return items.length;
          }
        }
        return Shop;
      },
      given: () => {
        @Controller('/shop')
        class Shop {
          @Post('/list') list(@Body([Item]) items: Item[]) {
            return items.length;
          }
        }
        return Shop;
      },
    };
  };

  it('are known by what the emitter left, or by a type value, where several may be meant', async () => {
    const [one, five] = [making(1), making(5)];
    const statuses = [];
    for (const { reading, given } of [one, five]) {
      await using first = await testClient(new Vivace({ controllers: [reading()] }));
      statuses.push((await first.post('/shop/item', { json: ITEM })).status);
      await using second = await testClient(new Vivace({ controllers: [given()] }));
      statuses.push((await second.post('/shop/list', { json: [ITEM] })).status);
    }
    expect(statuses).toEqual([200, 200, 422, 422]);
  });

  it('are a boot error where it is not known which is meant', async () => {
    const [one] = [making(1), making(5)];
    await expect(new Vivace({ controllers: [one.listing()] }).build()).rejects.toThrow(
      /CLASS_COPIES[^]*several of class Item/,
    );
  });

  it('answer by their own rules', async () => {
    const answering = (kept: string) => {
      class Item {
        name!: string;
        readonly kept = kept;
      }
      @Controller('/shop')
      class Shop {
        @Get('/') all(): Item[] {
          return [Object.assign(new Item(), { name: 'pen', hidden: 'x' })];
        }
      }
      return Shop;
    };
    for (const kept of ['first', 'second']) {
      await using client = await testClient(new Vivace({ controllers: [answering(kept)] }));
      expect((await client.get('/shop')).json()).toEqual([{ name: 'pen', kept }]);
    }
  });
});
