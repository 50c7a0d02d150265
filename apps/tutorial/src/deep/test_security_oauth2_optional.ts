import { Controller, Depends, Form, Get, Post, Vivace, dependency } from 'vivace';
import { OAuth2, OAuth2PasswordRequestFormStrict } from 'vivace/security';

const reusable_oauth2 = new OAuth2({
  flows: {
    password: {
      tokenUrl: 'token',
      scopes: { 'read:users': 'Read the users', 'write:users': 'Create users' },
    },
  },
  optional: true,
});

class User {
  username!: string;
}

const get_current_user = dependency(
  { oauth_header: reusable_oauth2 },
  ({ oauth_header }): User | null =>
    oauth_header === undefined ? null : { username: oauth_header },
);

@Controller()
class Routes {
  @Post('/login')
  login(@Form() form_data: OAuth2PasswordRequestFormStrict) {
    const { grant_type, username, password, scopes, client_id, client_secret } = form_data;
    return { grant_type, username, password, scopes, client_id, client_secret };
  }

  @Get('/users/me')
  read_users_me(@Depends(get_current_user) current_user: User | null) {
    return current_user ?? { msg: 'Create an account first' };
  }
}

export const app = new Vivace({ controllers: [Routes] });
