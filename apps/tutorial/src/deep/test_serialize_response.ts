import { Controller, Get, Vivace, int, parse } from 'vivace';

class Item {
  name!: string;
  price: number | null = null;
  owner_ids: int[] | null = null;
}

@Controller('/items')
class Items {
  @Get('/valid')
  get_valid(): Item {
    return parse(Item, { name: 'valid', price: 1 });
  }

  @Get('/coerce')
  get_coerce(): Item {
    return parse(Item, { name: 'coerce', price: '1.0' });
  }

  @Get('/validlist')
  get_validlist(): Item[] {
    return parse(
      [Item],
      [{ name: 'foo' }, { name: 'bar', price: 1 }, { name: 'baz', price: 2, owner_ids: [1, 2, 3] }],
    );
  }
}

export const app = new Vivace({ controllers: [Items] });
