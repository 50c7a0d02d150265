import { Controller, Get, Query, Vivace } from 'vivace';

@Controller('/items')
class Items {
  @Get('/')
  read_items(@Query({ pattern: /^fixedquery$/ }) q: string | null = null) {
    return `Hello ${q ?? 'World'}`;
  }
}

export const app = new Vivace({ controllers: [Items] });
