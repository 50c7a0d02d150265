import { Controller, Get, Path, Query, Vivace, int } from 'vivace';

@Controller('/items')
class Items {
  @Get('/:item_id')
  read_items(
    @Path({ title: 'Which item to get', ge: 0, le: 1000 }) item_id: int,
    q: string,
    @Query({ gt: 0, lt: 10.5 }) size: number,
  ) {
    return { item_id, ...(q && { q }), ...(size && { size }) };
  }
}

export const app = new Vivace({ controllers: [Items] });
