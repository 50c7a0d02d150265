import { Controller, Get, Vivace } from 'vivace';

@Controller('/items')
class Items {
  @Get('/')
  read_items() {
    return [{ name: 'Foo' }];
  }
}

export const app = new Vivace({
  controllers: [Items],
  docs: { swagger: '/documentation', redoc: false },
});
