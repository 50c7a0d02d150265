import { Controller, Depends, Get, Vivace, dependency } from 'vivace';
import { OAuth2PasswordBearer } from 'vivace/security';

const oauth2_scheme = new OAuth2PasswordBearer({ tokenUrl: 'token' });

class User {
  username!: string;
  email: string | null = null;
  full_name: string | null = null;
  disabled: boolean | null = null;
}

const get_current_user = dependency({ token: oauth2_scheme }, ({ token }): User =>
  fake_decode_token(token),
);

function fake_decode_token(token: string): User {
  return {
    username: `${token}fakedecoded`,
    email: 'john@example.com',
    full_name: 'John Doe',
    disabled: null,
  };
}

@Controller('/users')
class Users {
  @Get('/me')
  read_users_me(@Depends(get_current_user) current_user: User) {
    return current_user;
  }
}

export const app = new Vivace({ controllers: [Users] });
