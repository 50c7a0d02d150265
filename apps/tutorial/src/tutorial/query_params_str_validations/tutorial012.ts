import { Controller, Get, Query, Vivace } from 'vivace';

@Controller('/items')
class Items {
  @Get('/')
  read_items(@Query() q: string[] = ['foo', 'bar']) {
    return { q };
  }
}

export const app = new Vivace({ controllers: [Items] });
