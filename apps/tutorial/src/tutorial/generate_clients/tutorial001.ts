import { Controller, Get, Post, Vivace } from 'vivace';

class Item {
  name!: string;
  price!: number;
}

class ResponseMessage {
  message!: string;
}

@Controller('/items')
class Items {
  @Post('/')
  create_item(item: Item): ResponseMessage {
    return { message: 'item received' };
  }

  @Get('/')
  get_items(): Item[] {
    return [
      { name: 'Plumbus', price: 3 },
      { name: 'Portal Gun', price: 9001 },
    ];
  }
}

export const app = new Vivace({ controllers: [Items] });
