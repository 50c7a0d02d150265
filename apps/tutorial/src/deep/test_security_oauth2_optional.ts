import { Controller, Depends, Field, Form, Get, Post, Vivace, dependency } from 'vivace';
import { OAuth2 } from 'vivace/security';

const reusable_oauth2 = new OAuth2({
  flows: { password: { tokenUrl: 'token', scopes: { 'read:users': 'Read the users', 'write:users': 'Create users' } } },
  optional: true,
});

class LoginForm {
  @Field({ pattern: /^password$/ }) grant_type!: string;
  username!: string;
  password!: string;
  scope: string = '';
  client_id: string | null = null;
  client_secret: string | null = null;
}

class User {
  username!: string;
}

const get_current_user = dependency({ oauth_header: reusable_oauth2 }, ({ oauth_header }): User | null =>
  oauth_header === undefined ? null : { username: oauth_header },
);

@Controller()
class Routes {
  @Post('/login')
  login(@Form() form_data: LoginForm) {
    const { scope, ...rest } = form_data;
    return { ...rest, scopes: scope.split(' ').filter(Boolean) };
  }

  @Get('/users/me')
  read_users_me(@Depends(get_current_user) current_user: User | null) {
    return current_user ?? { msg: 'Create an account first' };
  }
}

export const app = new Vivace({ controllers: [Routes] });
