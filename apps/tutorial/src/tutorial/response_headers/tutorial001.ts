import { Controller, Get, Vivace } from 'vivace';
import { JSONResponse } from 'vivace/responses';

@Controller('/headers')
class Headers {
  @Get('/')
  get_headers() {
    return new JSONResponse(
      { message: 'Hello World' },
      { headers: { 'X-Cat-Dog': 'alone in the world', 'Content-Language': 'en-US' } },
    );
  }
}

export const app = new Vivace({ controllers: [Headers] });
