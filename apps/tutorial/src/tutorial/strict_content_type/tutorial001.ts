import { Controller, Post, Vivace } from 'vivace';

class Item {
  name!: string;
  price!: number;
}

@Controller('/items')
class Items {
  @Post('/')
  create_item(item: Item) {
    return item;
  }
}

export const app = new Vivace({ controllers: [Items], strictContentType: false });
