import { Controller, Depends, Get, Post, Security, Vivace, dependency } from 'vivace';
import { OAuth2AuthorizationCodeBearer } from 'vivace/security';

const oauth2_scheme = new OAuth2AuthorizationCodeBearer({
  authorizationUrl: 'authorize',
  tokenUrl: 'token',
  scopes: { read: 'Read access', write: 'Write access' },
});

const get_token = dependency({ token: oauth2_scheme }, ({ token }) => token);

@Controller()
class Root {
  @Get('/')
  root() {
    return { message: 'Hello World' };
  }

  @Get('/with-oauth2-scheme', { dependencies: [Security(oauth2_scheme, ['read', 'write'])] })
  read_with_oauth2_scheme() {
    return { message: 'Admin Access' };
  }

  @Get('/with-get-token', { dependencies: [Security(get_token, ['read', 'write'])] })
  read_with_get_token() {
    return { message: 'Admin Access' };
  }
}

@Controller('/items', { dependencies: [Security(oauth2_scheme, ['read'])] })
class Items {
  @Get('/')
  read_items(@Depends(oauth2_scheme) token: string) {
    return { token };
  }

  @Post('/')
  create_item(@Security(oauth2_scheme, ['read', 'write']) token: string) {
    return { token };
  }
}

export const app = new Vivace({ controllers: [Root, Items], dependencies: [get_token] });
