import { Controller, Depends, Get, Vivace, dependency } from 'vivace';
import { APIKeyQuery } from 'vivace/security';

class User {
  username!: string;
}

const get_current_user = dependency(
  { key: new APIKeyQuery({ key: 'key', optional: true }) },
  ({ key }): User | null => (key === undefined ? null : { username: key }),
);

@Controller('/users')
class Users {
  @Get('/me')
  read_current_user(@Depends(get_current_user) current_user: User | null) {
    return current_user ?? { msg: 'Create an account first' };
  }
}

export const app = new Vivace({ controllers: [Users] });
