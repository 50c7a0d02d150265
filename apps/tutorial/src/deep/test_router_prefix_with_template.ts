import { Controller, Get, Vivace } from 'vivace';

@Controller('/users')
class Users {
  @Get('/:id')
  read_user(segment: string, id: string) {
    return { segment, id };
  }
}

export const app = new Vivace().include(Users, { prefix: '/:segment' });
