import { Controller, Get, Post, Vivace, make } from 'vivace';

class Item {
  name!: string;
  description: string | null = null;
  price!: number;
  tax: number | null = null;
  tags: string[] = [];
}

@Controller('/items')
class Items {
  @Post('/')
  async create_item(item: Item): Promise<Item> {
    return item;
  }

  @Get('/')
  async read_items(): Promise<Item[]> {
    return [
      make(Item, { name: 'Portal Gun', price: 42 }),
      make(Item, { name: 'Plumbus', price: 32 }),
    ];
  }
}

export const app = new Vivace({ controllers: [Items] });
