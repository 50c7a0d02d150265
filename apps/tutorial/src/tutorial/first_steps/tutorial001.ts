import { Controller, Get, Vivace } from 'vivace';

@Controller()
class Hello {
  @Get('/')
  async root() {
    return { message: 'Hello World' };
  }
}

export const app = new Vivace({ controllers: [Hello] });
