import { Controller, Get, Vivace } from 'vivace';

@Controller()
class Main {
  @Get('/')
  async read_main() {
    return { msg: 'Hello World' };
  }
}

export const app = new Vivace({ controllers: [Main] });
