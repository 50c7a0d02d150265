import { Controller, Depends, Get, Vivace } from 'vivace';
import { OAuth2PasswordBearer } from 'vivace/security';

const oauth2_scheme = new OAuth2PasswordBearer({
  tokenUrl: '/token',
  description: 'A bearer token for a password',
  optional: true,
});

@Controller('/items')
class Items {
  @Get('/')
  read_items(@Depends(oauth2_scheme) token?: string) {
    return token === undefined ? { msg: 'Create an account first' } : { token };
  }
}

export const app = new Vivace({ controllers: [Items] });
