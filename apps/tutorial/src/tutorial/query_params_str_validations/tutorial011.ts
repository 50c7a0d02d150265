import { Controller, Get, Query, Vivace } from 'vivace';

@Controller('/items')
class Items {
  @Get('/')
  read_items(@Query() q: string[] | null = null) {
    return { q };
  }
}

export const app = new Vivace({ controllers: [Items] });
