import { Controller, Get, Vivace } from 'vivace';
import { FileResponse } from 'vivace/responses';

const responses = {
  404: { description: 'There is no such item' },
  302: { description: 'It is somewhere else' },
  403: { description: 'Not for you' },
};

class Item {
  id!: string;
  value!: string;
}

@Controller('/items')
class Items {
  @Get('/:item_id', {
    response: Item,
    responses: { ...responses, 200: { content: { 'image/png': {} } } },
  })
  read_item(item_id: string, img: boolean | null = null) {
    if (img) return new FileResponse('image.png', { media: 'image/png' });
    return { id: 'foo', value: 'there goes my hero' };
  }
}

export const app = new Vivace({ controllers: [Items] });
