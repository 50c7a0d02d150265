import { Controller, Get, Vivace } from 'vivace';

@Controller('/users')
class Users {
  @Get('/me')
  read_user_me() {
    return { user_id: 'the current user' };
  }

  @Get('/:user_id')
  read_user(user_id: string) {
    return { user_id };
  }
}

export const app = new Vivace({ controllers: [Users] });
