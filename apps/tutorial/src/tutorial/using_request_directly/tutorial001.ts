import { Controller, Get, Request, Vivace } from 'vivace';

@Controller('/items')
class Items {
  @Get('/:item_id')
  read_root(item_id: string, request: Request) {
    return { client_host: request.ip, item_id };
  }
}

export const app = new Vivace({ controllers: [Items] });
