import { Controller, Get, Post, Vivace } from 'vivace';

class Item {
  name!: string;
  description: string | null = null;
}

@Controller('/items')
class Items {
  @Post('/')
  create_item(item: Item) {
    return item;
  }

  @Get('/')
  read_items(): Item[] {
    return [
      { name: 'Portal Gun', description: 'Device to travel through the multi-rick-verse' },
      { name: 'Plumbus', description: null },
    ];
  }
}

export const app = new Vivace({ controllers: [Items], docs: { separateInputOutput: false } });
