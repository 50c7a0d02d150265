import { Controller, Depends, Get, Vivace, dependency } from 'vivace';

const get_username = dependency(function* () {
  try {
    yield 'Rick';
  } finally {
    console.log('Cleanup up before response is sent');
  }
});

@Controller('/users')
class Users {
  @Get('/me')
  get_user_me(@Depends(get_username, { scope: 'function' }) username: string) {
    return username;
  }
}

export const app = new Vivace({ controllers: [Users] });
