import { Controller, Get, Query, Vivace } from 'vivace';

@Controller('/items')
class Items {
  @Get('/')
  read_items(@Query({ hidden: true }) hidden_query: string | null = null) {
    return { hidden_query: hidden_query || 'Not found' };
  }
}

export const app = new Vivace({ controllers: [Items] });
