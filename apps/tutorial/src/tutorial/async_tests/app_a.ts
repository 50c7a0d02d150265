import { Controller, Get, Vivace } from 'vivace';

@Controller()
class Root {
  @Get('/')
  async root() {
    return { message: 'Tomato' };
  }
}

export const app = new Vivace({ controllers: [Root] });
