import { Controller, Get, Post, Vivace } from 'vivace';

class Item {
  name!: string;
  description: string | null = null;
  price!: number;
  tax: number | null = null;
  tags: Set<string> = new Set();
}

@Controller('/items', { tags: ['items'] })
class Items {
  @Post('/')
  create_item(item: Item): Item {
    return item;
  }

  @Get('/')
  read_items() {
    return [{ name: 'Foo', price: 42 }];
  }
}

@Controller('/users', { tags: ['users'] })
class Users {
  @Get('/')
  read_users() {
    return [{ username: 'johndoe' }];
  }
}

export const app = new Vivace({ controllers: [Items, Users] });
