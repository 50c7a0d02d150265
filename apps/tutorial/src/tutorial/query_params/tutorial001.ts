import { Controller, Get, Vivace, int } from 'vivace';

const items = [{ item_name: 'Foo' }, { item_name: 'Bar' }, { item_name: 'Baz' }];

@Controller('/items')
class Items {
  @Get('/')
  read_item(skip: int = 0, limit: int = 10) {
    return items.slice(skip, skip + limit);
  }
}

export const app = new Vivace({ controllers: [Items] });
