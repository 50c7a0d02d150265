import { Controller, Depends, Get, Vivace, dependency } from 'vivace';
import { HTTPBasic, sameSecret } from 'vivace/security';

const security = new HTTPBasic();

const get_current_username = dependency({ credentials: security }, ({ credentials }) => {
  const known = sameSecret(credentials.username, 'stanleyjobson');
  const right = sameSecret(credentials.password, 'swordfish');
  if (!known || !right) throw security.reject('Incorrect username or password');
  return credentials.username;
});

@Controller('/users')
class Users {
  @Get('/me')
  read_current_user(@Depends(get_current_username) username: string) {
    return { username };
  }
}

export const app = new Vivace({ controllers: [Users] });
