import { Controller, Get, Header, Vivace } from 'vivace';

@Controller('/items')
class Items {
  @Get('/')
  read_items(@Header() x_token: string[] | null = null) {
    return { 'X-Token values': x_token };
  }
}

export const app = new Vivace({ controllers: [Items] });
