import { Controller, Get, Vivace, int } from 'vivace';

@Controller('/items')
class Items {
  @Get('/:item_id')
  read_user_item(item_id: string, needy: string, skip: int = 0, limit: int | null = null) {
    return { item_id, needy, skip, limit };
  }
}

export const app = new Vivace({ controllers: [Items] });
