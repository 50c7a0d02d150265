import { Controller, Get, Query, Vivace } from 'vivace';

const items = [{ item_id: 'Foo' }, { item_id: 'Bar' }];

@Controller('/items')
class Items {
  @Get('/')
  read_items(
    @Query({ minLength: 3, maxLength: 50, pattern: /^fixedquery$/ }) q: string | null = null,
  ) {
    return q ? { items, q } : { items };
  }
}

export const app = new Vivace({ controllers: [Items] });
