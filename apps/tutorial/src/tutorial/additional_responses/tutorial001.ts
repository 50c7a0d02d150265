import { Controller, Get, Vivace } from 'vivace';
import { JSONResponse } from 'vivace/responses';

class Item {
  id!: string;
  value!: string;
}

class Message {
  message!: string;
}

@Controller('/items')
class Items {
  @Get('/:item_id', { response: Item, responses: { 404: { response: Message } } })
  read_item(item_id: string) {
    if (item_id === 'foo') return { id: 'foo', value: 'there goes my hero' };
    return new JSONResponse({ message: 'Item not found' }, { status: 404 });
  }
}

export const app = new Vivace({ controllers: [Items] });
