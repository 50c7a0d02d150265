import { Controller, Put, Vivace, datetime, jsonable } from 'vivace';
import { JSONResponse } from 'vivace/responses';

class Item {
  title!: string;
  timestamp!: datetime;
  description: string | null = null;
}

@Controller('/items')
class Items {
  @Put('/:id')
  update_item(id: string, item: Item) {
    return new JSONResponse(jsonable(item));
  }
}

export const app = new Vivace({ controllers: [Items] });
