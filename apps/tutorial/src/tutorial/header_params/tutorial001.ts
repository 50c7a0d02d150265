import { Controller, Get, Header, Vivace } from 'vivace';

@Controller('/items')
class Items {
  @Get('/')
  read_items(@Header() user_agent: string | null = null) {
    return { 'User-Agent': user_agent };
  }
}

export const app = new Vivace({ controllers: [Items] });
