import { Controller, Get } from 'vivace';

@Controller('/users', { tags: ['users'] })
export class Users {
  @Get('/')
  read_users() {
    return [{ username: 'Rick' }, { username: 'Morty' }];
  }

  @Get('/me')
  read_user_me() {
    return { username: 'fakecurrentuser' };
  }

  @Get('/:username')
  read_user(username: string) {
    return { username };
  }
}
