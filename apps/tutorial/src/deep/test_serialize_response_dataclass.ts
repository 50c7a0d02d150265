import { Controller, Get, Vivace, datetime, int, make, parse } from 'vivace';

class Item {
  name!: string;
  date!: datetime;
  price: number | null = null;
  owner_ids: int[] | null = null;
}

const date = '2021-07-26T00:00:00' as datetime;
const three = [
  { name: 'foo', date },
  { name: 'bar', date, price: 1 },
  { name: 'baz', date, price: 2, owner_ids: [1, 2, 3] },
];

const item = () => make(Item, { name: 'object', date, price: 1, owner_ids: [1, 2, 3] });
const items = () => three.map((fields) => make(Item, fields));

@Controller('/items')
class Items {
  @Get('/valid')
  get_valid(): Item {
    return parse(Item, { name: 'valid', date, price: 1 });
  }

  @Get('/object')
  get_object(): Item {
    return item();
  }

  @Get('/coerce')
  get_coerce(): Item {
    return parse(Item, { name: 'coerce', date, price: '1.0' });
  }

  @Get('/validlist')
  get_validlist(): Item[] {
    return parse([Item], three);
  }

  @Get('/objectlist')
  get_objectlist(): Item[] {
    return items();
  }

  @Get('/no-response-model/object')
  get_no_response_model_object() {
    return item();
  }

  @Get('/no-response-model/objectlist')
  get_no_response_model_objectlist() {
    return items();
  }
}

export const app = new Vivace({ controllers: [Items] });
