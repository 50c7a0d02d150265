import { Controller, Get, Vivace } from 'vivace';

@Controller('/items')
class Items {
  @Get('/', { operationId: 'some_specific_id_you_define' })
  read_items() {
    return [{ item_id: 'Foo' }];
  }
}

export const app = new Vivace({ controllers: [Items] });
