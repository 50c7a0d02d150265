import { Body, Controller, Put, Vivace, int } from 'vivace';

class Item {
  name!: string;
  description: string | null = null;
  price!: number;
  tax: number | null = null;
}

class User {
  username!: string;
  full_name: string | null = null;
}

@Controller('/items')
class Items {
  @Put('/:item_id')
  update_item(
    item_id: int,
    item: Item,
    user: User,
    @Body({ gt: 0 }) importance: int,
    q: string | null = null,
  ) {
    return { item_id, item, user, importance, ...(q && { q }) };
  }
}

export const app = new Vivace({ controllers: [Items] });
