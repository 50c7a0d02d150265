import { Body, Controller, Put, Vivace, int } from 'vivace';

class Item {
  name!: string;
  description: string | null = null;
  price!: number;
  tax: number | null = null;
}

const examples = [
  { name: 'Foo', description: 'A very nice Item', price: 35.4, tax: 3.2 },
  { name: 'Bar', price: '35.4' },
  { name: 'Baz', price: 'thirty five point four' },
];

@Controller('/items')
class Items {
  @Put('/:item_id')
  update_item(item_id: int, @Body({ examples }) item: Item) {
    return { item_id, item };
  }
}

export const app = new Vivace({ controllers: [Items] });
