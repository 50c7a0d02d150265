import { Controller, Get, Query, Vivace, int } from 'vivace';

@Controller()
class Routes {
  @Get('/int/:param')
  int_convertor(param: int) {
    return { int: param };
  }

  @Get('/float/:param')
  float_convertor(param: number) {
    return { float: param };
  }

  @Get('/path/*param')
  path_convertor(param: string) {
    return { path: param };
  }

  @Get('/query/')
  query_convertor(@Query() param: string) {
    return { query: param };
  }
}

export const app = new Vivace({ controllers: [Routes] });
