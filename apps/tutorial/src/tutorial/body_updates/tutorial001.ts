import { Controller, Get, HTTPException, Put, Vivace, make } from 'vivace';

class Item {
  name: string | null = null;
  description: string | null = null;
  price: number | null = null;
  tax: number = 10.5;
  tags: string[] = [];
}

const items: Record<string, Item> = {
  foo: make(Item, { name: 'Foo', price: 50.2 }),
  bar: make(Item, { name: 'Bar', description: 'The bartenders', price: 62, tax: 20.2 }),
  baz: make(Item, { name: 'Baz', description: null, price: 50.2, tax: 10.5, tags: [] }),
};

@Controller('/items')
class Items {
  @Get('/:item_id')
  read_item(item_id: string): Item {
    const item = items[item_id];
    if (!item) throw new HTTPException(404, 'Item not found');
    return item;
  }

  @Put('/:item_id')
  update_item(item_id: string, item: Item): Item {
    items[item_id] = item;
    return item;
  }
}

export const app = new Vivace({ controllers: [Items] });
