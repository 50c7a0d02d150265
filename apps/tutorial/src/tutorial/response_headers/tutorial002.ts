import { Controller, Get, Reply, Vivace } from 'vivace';

@Controller('/headers-and-object')
class Headers {
  @Get('/')
  get_headers(reply: Reply) {
    reply.headers.set('X-Cat-Dog', 'alone in the world');
    return { message: 'Hello World' };
  }
}

export const app = new Vivace({ controllers: [Headers] });
