import { Controller, Get, Vivace } from 'vivace';
import { JSONResponse } from 'vivace/responses';

class ORJSONResponse extends JSONResponse {}

@Controller('/items')
class Items {
  @Get('/', { responseClass: ORJSONResponse })
  read_items() {
    return new ORJSONResponse([{ item_id: 'Foo' }]);
  }
}

export const app = new Vivace({ controllers: [Items] });
