import { Controller, Get, Vivace } from 'vivace';

@Controller('/items')
class Items {
  @Get('/:item_id')
  read_item(item_id: string, q: string | null = null, short = false) {
    return {
      item_id,
      ...(q && { q }),
      ...(!short && { description: 'This is an amazing item that has a long description' }),
    };
  }
}

export const app = new Vivace({ controllers: [Items] });
