import { Controller, Get, Vivace, int } from 'vivace';

@Controller('/items')
class Items {
  @Get('/:item_id')
  read_item(item_id: int) {
    return { item_id };
  }
}

export const app = new Vivace({ controllers: [Items] });
