import { Controller, Cookie, Get, Vivace } from 'vivace';

class Cookies {
  session_id!: string;
  fatebook_tracker: string | null = null;
  googall_tracker: string | null = null;
}

@Controller('/items')
class Items {
  @Get('/')
  read_items(@Cookie() cookies: Cookies) {
    return cookies;
  }
}

export const app = new Vivace({ controllers: [Items] });
