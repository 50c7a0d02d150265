import { Controller, Put, Vivace, datetime, jsonable, type Json } from 'vivace';

const store = new Map<string, Json>();

class Item {
  title!: string;
  timestamp!: datetime;
  description: string | null = null;
}

@Controller('/items')
class Items {
  @Put('/:id')
  update_item(id: string, item: Item) {
    store.set(id, jsonable(item));
  }
}

export const app = new Vivace({ controllers: [Items] });
