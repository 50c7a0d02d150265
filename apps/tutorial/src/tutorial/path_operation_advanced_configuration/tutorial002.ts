import { Controller, Get, Vivace } from 'vivace';

@Controller('/items')
class Items {
  @Get('/')
  read_items() {
    return [{ item_id: 'Foo' }];
  }
}

export const app = new Vivace({ controllers: [Items], operationId: ({ name }) => name });
