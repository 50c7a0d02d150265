import { Controller, Post, Vivace } from 'vivace';

class Item {
  name!: string;
  description: string | null = null;
  price!: number;
  tax: number | null = null;
  tags: Set<string> = new Set();
}

@Controller('/items')
class Items {
  /**
   * Adds an item:
   *
   * - **name**: what it is called
   * - **price**: what it costs, always needed
   */
  @Post('/', { summary: 'Add an item' })
  create_item(item: Item): Item {
    return item;
  }
}

export const app = new Vivace({ controllers: [Items] });
