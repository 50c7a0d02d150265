import { Controller, Depends, Get, Vivace } from 'vivace';
import { HTTPBasic, type HTTPBasicCredentials } from 'vivace/security';

const security = new HTTPBasic();

@Controller('/users')
class Users {
  @Get('/me')
  read_current_user(@Depends(security) credentials: HTTPBasicCredentials) {
    return { username: credentials.username, password: credentials.password };
  }
}

export const app = new Vivace({ controllers: [Users] });
