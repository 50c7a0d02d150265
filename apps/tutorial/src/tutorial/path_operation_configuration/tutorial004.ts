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
   * - **description**: more about it
   * - **price**: what it costs, always needed
   * - **tax**: only where there is one
   * - **tags**: words to find it by, each once
   */
  @Post('/', { summary: 'Add an item' })
  create_item(item: Item): Item {
    return item;
  }
}

export const app = new Vivace({ controllers: [Items] });
