import { Controller, Get, Vivace } from 'vivace';
import { RedirectResponse } from 'vivace/responses';

@Controller('/fastapi')
class Redirects {
  @Get({ responseClass: RedirectResponse })
  redirect_fastapi() {
    return 'https://fastapi.tiangolo.com';
  }
}

export const app = new Vivace({ controllers: [Redirects] });
