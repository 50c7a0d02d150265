import { Controller, Get, Vivace } from 'vivace';

class Item {
  name!: string;
  price!: number;
  tags?: string[];
  description: string | null = null;
  tax: number | null = null;
}

@Controller('/items')
class Items {
  @Get('/next', { response: Item })
  read_next_item() {
    return {
      name: 'Island In The Moon',
      price: 12.99,
      description: "A place to be playin' and havin' fun",
      tags: ['breater'],
      tax: null,
    };
  }
}

export const app = new Vivace({ controllers: [Items] });
