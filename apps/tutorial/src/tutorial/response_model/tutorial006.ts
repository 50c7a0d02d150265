import { Controller, Get, HTTPException, Vivace, make } from 'vivace';

class Item {
  name!: string;
  description: string | null = null;
  price!: number;
  tax: number = 10.5;
}

const items: Record<string, Item> = {
  foo: make(Item, { name: 'Foo', price: 50.2 }),
  bar: make(Item, { name: 'Bar', description: 'The Bar fighters', price: 62, tax: 20.2 }),
  baz: make(Item, { name: 'Baz', description: 'There goes my baz', price: 50.2, tax: 10.5 }),
};

@Controller('/items/:item_id')
class Items {
  @Get('/name', { response: Item, include: ['name', 'description'] })
  read_item_name(item_id: string) {
    return found(item_id);
  }

  @Get('/public', { response: Item, exclude: ['tax'] })
  read_item_public_data(item_id: string) {
    return found(item_id);
  }
}

function found(item_id: string): Item {
  const item = items[item_id];
  if (!item) throw new HTTPException(404, 'Item not found');
  return item;
}

export const app = new Vivace({ controllers: [Items] });
