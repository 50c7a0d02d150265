import { Controller, Post, Vivace } from 'vivace';

class Item {
  name!: string;
  description: string | null = null;
  price!: number;
  tax: number | null = null;
}

@Controller('/items')
class Items {
  @Post('/')
  create_item(item: Item) {
    return item.tax === null ? item : { ...item, price_with_tax: item.price + item.tax };
  }
}

export const app = new Vivace({ controllers: [Items] });
