import { Controller, Cookie, Get, Header, Model, Query, Vivace } from 'vivace';

@Model({ extra: 'allow' })
class WithExtra {
  param!: string;
}

class AuthHeaders {
  x_user_id!: string;
}

@Controller()
class Routes {
  @Get('/query')
  query_model_with_extra(@Query() data: WithExtra) {
    return data;
  }

  @Get('/header')
  header_model_with_extra(@Header() data: WithExtra) {
    return data;
  }

  @Get('/cookie')
  cookies_model_with_extra(@Cookie() data: WithExtra) {
    return data;
  }

  @Get('/header-requires-hyphen')
  header_model_requires_hyphen(@Header() data: AuthHeaders) {
    return data;
  }
}

export const app = new Vivace({ controllers: [Routes] });
