import { Controller, Get, Vivace } from 'vivace';

@Controller('/items')
class Items {
  @Get('/:item_id')
  read_user_item(item_id: string, needy: string) {
    return { item_id, needy };
  }
}

export const app = new Vivace({ controllers: [Items] });
