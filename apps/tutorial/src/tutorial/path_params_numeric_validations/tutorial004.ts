import { Controller, Get, Path, Vivace, int } from 'vivace';

@Controller('/items')
class Items {
  @Get('/:item_id')
  read_items(@Path({ title: 'Which item to get', ge: 1 }) item_id: int, q: string) {
    return q ? { item_id, q } : { item_id };
  }
}

export const app = new Vivace({ controllers: [Items] });
