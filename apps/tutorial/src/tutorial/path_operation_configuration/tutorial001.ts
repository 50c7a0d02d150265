import { Controller, Post, Vivace } from 'vivace';
import * as status from 'vivace/status';

class Item {
  name!: string;
  description: string | null = null;
  price!: number;
  tax: number | null = null;
  tags: Set<string> = new Set();
}

@Controller('/items')
class Items {
  @Post('/', { status: status.HTTP_201_CREATED })
  create_item(item: Item): Item {
    return item;
  }
}

export const app = new Vivace({ controllers: [Items] });
