import { Controller, Get, Post, Vivace } from 'vivace';

class Item {
  name!: string;
  price!: number;
}

class ResponseMessage {
  message!: string;
}

class User {
  username!: string;
  email!: string;
}

@Controller('/items', { tags: ['items'] })
class Items {
  @Post('/')
  create_item(item: Item): ResponseMessage {
    return { message: 'Item received' };
  }

  @Get('/')
  get_items(): Item[] {
    return [
      { name: 'Plumbus', price: 3 },
      { name: 'Portal Gun', price: 9001 },
    ];
  }
}

@Controller('/users', { tags: ['users'] })
class Users {
  @Post('/')
  create_user(user: User): ResponseMessage {
    return { message: 'User received' };
  }
}

export const app = new Vivace({
  controllers: [Items, Users],
  operationId: ({ tags, name }) => `${tags[0]}-${name}`,
});
