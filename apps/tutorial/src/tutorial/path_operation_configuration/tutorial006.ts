import { Controller, Get, Vivace } from 'vivace';

@Controller()
class Shop {
  @Get('/items/', { tags: ['items'] })
  read_items() {
    return [{ name: 'Foo', price: 42 }];
  }

  @Get('/users/', { tags: ['users'] })
  read_users() {
    return [{ username: 'johndoe' }];
  }

  @Get('/elements/', { tags: ['items'], deprecated: true })
  read_elements() {
    return [{ item_id: 'Foo' }];
  }
}

export const app = new Vivace({ controllers: [Shop] });
