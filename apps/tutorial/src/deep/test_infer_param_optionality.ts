import { Controller, Get, Vivace } from 'vivace';

@Controller('/users')
class Users {
  @Get('/')
  get_users() {
    return [{ user_id: 'u1' }, { user_id: 'u2' }];
  }

  @Get('/:user_id')
  get_user(user_id: string) {
    return { user_id };
  }
}

@Controller('/items')
class Items {
  @Get('/')
  get_items(user_id: string | null = null) {
    if (user_id) return [{ item_id: 'i2', user_id }];
    return [
      { item_id: 'i1', user_id: 'u1' },
      { item_id: 'i2', user_id: 'u2' },
    ];
  }

  @Get('/:item_id')
  get_item(item_id: string, user_id: string | null = null) {
    return user_id ? { item_id, user_id } : { item_id };
  }
}

export const app = new Vivace({ controllers: [Users, Items] }).include(Items, {
  prefix: '/users/:user_id',
});
