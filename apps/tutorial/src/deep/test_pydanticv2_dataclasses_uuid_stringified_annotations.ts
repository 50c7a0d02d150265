import { randomUUID } from 'node:crypto';
import { Controller, Get, Vivace, uuid } from 'vivace';

class Item {
  id!: uuid;
  name!: string;
  price!: number;
  tags?: string[];
  description: string | null = null;
  tax: number | null = null;
}

@Controller('/item')
class Items {
  @Get()
  read_item(): Item {
    return {
      id: randomUUID() as uuid,
      name: 'Island In The Moon',
      price: 12.99,
      description: "A place to be playin' and havin' fun",
      tags: ['breater'],
      tax: null,
    };
  }
}

export const app = new Vivace({ controllers: [Items] });
