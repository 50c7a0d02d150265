import { Controller, Post, Vivace, dump, email, make } from 'vivace';

class UserBase {
  username!: string;
  email!: email;
  full_name: string | null = null;
}

class UserIn extends UserBase {
  password!: string;
}

class UserOut extends UserBase {}

class UserInDB extends UserBase {
  hashed_password!: string;
}

@Controller('/user')
class Users {
  @Post('/')
  create_user(user_in: UserIn): UserOut {
    return save(user_in);
  }
}

function save(user: UserIn): UserInDB {
  return make(UserInDB, {
    ...dump(user, { exclude: ['password'] }),
    hashed_password: `supersecret${user.password}`,
  });
}

export const app = new Vivace({ controllers: [Users] });
