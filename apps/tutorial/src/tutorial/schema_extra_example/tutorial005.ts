import { Body, Controller, Put, Vivace, int } from 'vivace';

class Item {
  name!: string;
  description: string | null = null;
  price!: number;
  tax: number | null = null;
}

const openapiExamples = {
  normal: {
    summary: 'An ordinary item',
    description: 'Every field has its **own** type.',
    value: { name: 'Foo', description: 'A very nice Item', price: 35.4, tax: 3.2 },
  },
  converted: {
    summary: 'A price as text',
    description: 'Text that holds a number becomes that number.',
    value: { name: 'Bar', price: '35.4' },
  },
  invalid: {
    summary: 'A price in words',
    value: { name: 'Baz', price: 'thirty five point four' },
  },
};

@Controller('/items')
class Items {
  @Put('/:item_id')
  update_item(item_id: int, @Body({ openapiExamples }) item: Item) {
    return { item_id, item };
  }
}

export const app = new Vivace({ controllers: [Items] });
