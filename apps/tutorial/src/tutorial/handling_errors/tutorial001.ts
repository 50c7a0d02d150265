import { Controller, Get, HTTPException, Vivace } from 'vivace';

const items = new Map([['foo', 'The Foo Wrestlers']]);

@Controller('/items')
class Items {
  @Get('/:item_id')
  read_item(item_id: string) {
    const item = items.get(item_id);
    if (item === undefined) throw new HTTPException(404, 'Item not found');
    return { item };
  }
}

export const app = new Vivace({ controllers: [Items] });
