import { Controller, Post, Reply, Vivace } from 'vivace';

@Controller('/cookie-and-object')
class Cookies {
  @Post('/')
  create_cookie(reply: Reply) {
    reply.setCookie('fakesession', 'fake-cookie-session-value');
    return { message: 'Come to the dark side, we have cookies' };
  }
}

export const app = new Vivace({ controllers: [Cookies] });
