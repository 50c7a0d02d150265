import { Controller, Cookie, Get, Header, Path, Query, Vivace } from 'vivace';

@Controller()
class Hidden {
  @Get('/hidden_cookie')
  hidden_cookie(@Cookie({ hidden: true }) hidden_cookie: string | null = null) {
    return { hidden_cookie };
  }

  @Get('/hidden_header')
  hidden_header(@Header({ hidden: true }) hidden_header: string | null = null) {
    return { hidden_header };
  }

  @Get('/hidden_path/:hidden_path')
  hidden_path(@Path({ hidden: true }) hidden_path: string) {
    return { hidden_path };
  }

  @Get('/hidden_query')
  hidden_query(@Query({ hidden: true }) hidden_query: string | null = null) {
    return { hidden_query };
  }
}

export const app = new Vivace({ controllers: [Hidden] });
