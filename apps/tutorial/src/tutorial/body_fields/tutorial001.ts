import { Body, Controller, Field, Put, Vivace, int } from 'vivace';

class Item {
  name!: string;
  @Field({ title: 'What the item is', maxLength: 300 }) description: string | null = null;
  @Field({ gt: 0, description: 'More than nothing' }) price!: number;
  tax: number | null = null;
}

@Controller('/items')
class Items {
  @Put('/:item_id')
  update_item(item_id: int, @Body({ embed: true }) item: Item) {
    return { item_id, item };
  }
}

export const app = new Vivace({ controllers: [Items] });
