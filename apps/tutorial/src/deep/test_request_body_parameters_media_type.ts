import { Body, Controller, Post, Vivace } from 'vivace';

const media = 'application/vnd.api+json';

class Product {
  name!: string;
  price!: number;
}

class Shop {
  name!: string;
}

@Controller()
class Shops {
  @Post('/products')
  create_product(@Body({ media, embed: true }) data: Product) {}

  @Post('/shops')
  create_shop(@Body({ media }) data: Shop, @Body({ media }) included: Product[] = []) {}
}

export const app = new Vivace({ controllers: [Shops] });
