import { Controller, Field, Put, Vivace, int } from 'vivace';

class Item {
  @Field({ examples: ['Foo'] }) name!: string;
  @Field({ examples: ['A very nice Item'] }) description: string | null = null;
  @Field({ examples: [35.4] }) price!: number;
  @Field({ examples: [3.2] }) tax: number | null = null;
}

@Controller('/items')
class Items {
  @Put('/:item_id')
  update_item(item_id: int, item: Item) {
    return { item_id, item };
  }
}

export const app = new Vivace({ controllers: [Items] });
