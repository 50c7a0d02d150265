import { Controller, Get, Vivace } from 'vivace';

@Controller('/items')
class Items {
  @Get('/')
  read_item() {
    return { id: 'foo' };
  }
}

@Controller('', { controllers: [Items] })
class Root {}

export const app = new Vivace({ controllers: [Root] });
