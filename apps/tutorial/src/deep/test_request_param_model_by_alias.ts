import { Controller, Cookie, Field, Get, Header, Query, Vivace } from 'vivace';

class Model {
  @Field({ alias: 'param_alias' }) param!: string;
}

@Controller()
class Routes {
  @Get('/query')
  query_model(@Query() data: Model) {
    return { param: data.param };
  }

  @Get('/header')
  header_model(@Header() data: Model) {
    return { param: data.param };
  }

  @Get('/cookie')
  cookie_model(@Cookie() data: Model) {
    return { param: data.param };
  }
}

export const app = new Vivace({ controllers: [Routes] });
