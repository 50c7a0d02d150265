import { Controller, Put, Vivace } from 'vivace';

@Controller('/items')
class Items {
  @Put('/:item_id')
  save_item_no_body(item_id: string) {
    return { item_id };
  }
}

export const app = new Vivace({ controllers: [Items] });
