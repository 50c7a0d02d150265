import { Controller, Get, Vivace } from 'vivace';
import { FileResponse } from 'vivace/responses';

class Item {
  id!: string;
  value!: string;
}

@Controller('/items')
class Items {
  @Get('/:item_id', {
    response: Item,
    responses: {
      200: { description: 'The item as JSON, or its picture.', content: { 'image/png': {} } },
    },
  })
  read_item(item_id: string, img: boolean | null = null) {
    if (img) return new FileResponse('image.png', { media: 'image/png' });
    return { id: 'foo', value: 'there goes my hero' };
  }
}

export const app = new Vivace({ controllers: [Items] });
