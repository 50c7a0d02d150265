import { Controller, Get, HTTPException, Vivace } from 'vivace';

const items = new Map([['foo', 'The Foo Wrestlers']]);

@Controller()
class Routes {
  @Get('/items/:item_id')
  read_item(item_id: string) {
    if (!items.has(item_id))
      throw new HTTPException(404, 'Item not found', {
        headers: { 'X-Error': 'Some custom header' },
      });
    return { item: items.get(item_id) };
  }

  @Get('/http-no-body-statuscode-exception')
  no_body_status_code_exception() {
    throw new HTTPException(204);
  }

  @Get('/http-no-body-statuscode-with-detail-exception')
  no_body_status_code_with_detail_exception() {
    throw new HTTPException(204, 'I should just disappear!');
  }

  @Get('/starlette-items/:item_id')
  read_starlette_item(item_id: string) {
    if (!items.has(item_id)) throw new HTTPException(404, 'Item not found');
    return { item: items.get(item_id) };
  }
}

export const app = new Vivace({ controllers: [Routes] });
