import { Controller, Get, Vivace } from 'vivace';
import { JSONResponse } from 'vivace/responses';

class UJSONResponse extends JSONResponse {}

@Controller('/items')
class Items {
  @Get('/', { responseClass: UJSONResponse })
  read_items() {
    return [{ item_id: 'Foo' }];
  }
}

export const app = new Vivace({ controllers: [Items] });
