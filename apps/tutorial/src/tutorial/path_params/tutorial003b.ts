import { Controller, Get, Vivace } from 'vivace';

@Controller('/users')
class Users {
  @Get()
  read_users() {
    return ['Rick', 'Morty'];
  }
}

export const app = new Vivace({ controllers: [Users] });
