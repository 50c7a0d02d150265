import { Controller, Get, HTTPException, Header, Post, Vivace } from 'vivace';

const SECRET = 'coneofsilence';

class Item {
  id!: string;
  title!: string;
  description: string | null = null;
}

const items: Record<string, Item> = {
  foo: { id: 'foo', title: 'Foo', description: 'There goes my hero' },
  bar: { id: 'bar', title: 'Bar', description: 'The bartenders' },
};

@Controller('/items')
class Items {
  @Get('/:item_id')
  async read_main(item_id: string, @Header() x_token: string): Promise<Item> {
    if (x_token !== SECRET) throw new HTTPException(400, 'Invalid X-Token header');
    const item = items[item_id];
    if (!item) throw new HTTPException(404, 'Item not found');
    return item;
  }

  @Post('/')
  async create_item(item: Item, @Header() x_token: string): Promise<Item> {
    if (x_token !== SECRET) throw new HTTPException(400, 'Invalid X-Token header');
    if (item.id in items) throw new HTTPException(409, 'Item already exists');
    items[item.id] = item;
    return item;
  }
}

export const app = new Vivace({ controllers: [Items] });
