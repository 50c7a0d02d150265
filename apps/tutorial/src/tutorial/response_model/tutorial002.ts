import { Controller, Post, Vivace, email } from 'vivace';

class UserIn {
  username!: string;
  password!: string;
  email!: email;
  full_name: string | null = null;
}

@Controller('/user')
class Users {
  @Post('/')
  create_user(user: UserIn): UserIn {
    return user;
  }
}

export const app = new Vivace({ controllers: [Users] });
