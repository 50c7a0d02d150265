import { Controller, Get, Query, Vivace, int } from 'vivace';

@Controller('/items')
class Items {
  @Get('/')
  read_items(@Query() q?: int[]) {
    return { q };
  }
}

export const app = new Vivace({ controllers: [Items] });
