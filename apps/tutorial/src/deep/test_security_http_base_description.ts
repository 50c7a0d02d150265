import { Controller, Depends, Get, Vivace } from 'vivace';
import { HTTPBase, type HTTPCredentials } from 'vivace/security';

const security = new HTTPBase({ scheme: 'Other', description: 'A scheme of our own' });

@Controller('/users')
class Users {
  @Get('/me')
  read_current_user(@Depends(security) credentials: HTTPCredentials) {
    return { scheme: credentials.scheme, credentials: credentials.credentials };
  }
}

export const app = new Vivace({ controllers: [Users] });
