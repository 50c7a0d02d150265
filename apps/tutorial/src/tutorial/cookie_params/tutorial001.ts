import { Controller, Cookie, Get, Vivace } from 'vivace';

@Controller('/items')
class Items {
  @Get('/')
  read_items(@Cookie() ads_id: string | null = null) {
    return { ads_id };
  }
}

export const app = new Vivace({ controllers: [Items] });
