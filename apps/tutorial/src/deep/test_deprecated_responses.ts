import { Controller, Get, Vivace } from 'vivace';
import { JSONResponse } from 'vivace/responses';

class Item {
  name!: string;
  price!: number;
}

class ORJSONResponse extends JSONResponse {}

class UJSONResponse extends JSONResponse {}

@Controller('/items')
class Items {
  @Get()
  get_items(): Item {
    return { name: 'widget', price: 9.99 };
  }
}

export const apps = {
  _make_orjson_app: new Vivace({ controllers: [Items], responseClass: ORJSONResponse }),
  _make_ujson_app: new Vivace({ controllers: [Items], responseClass: UJSONResponse }),
};
