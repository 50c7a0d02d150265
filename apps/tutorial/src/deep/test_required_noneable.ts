import { Body, Controller, Get, Post, Query, Vivace } from 'vivace';

@Controller()
class Routes {
  @Get('/query')
  read_query(q: string | null) {
    return q;
  }

  @Get('/explicit-query')
  read_explicit_query(@Query() q: string | null) {
    return q;
  }

  @Post('/body-embed')
  send_body_embed(@Body({ embed: true }) b: string | null) {
    return b;
  }
}

export const app = new Vivace({ controllers: [Routes] });
