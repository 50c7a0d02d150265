import { Controller, Get, HTTPException, Vivace } from 'vivace';

const items = new Map([['foo', 'The Foo Wrestlers']]);

@Controller('/items-header')
class Items {
  @Get('/:item_id')
  read_item_header(item_id: string) {
    const item = items.get(item_id);
    if (item === undefined)
      throw new HTTPException(404, 'Item not found', {
        headers: { 'X-Error': 'There goes my error' },
      });
    return { item };
  }
}

export const app = new Vivace({ controllers: [Items] });
