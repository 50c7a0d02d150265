import { Controller, Get, HTTPException, Put } from 'vivace';
import { get_token_header } from './dependencies';

const items: Record<string, { name: string }> = {
  plumbus: { name: 'Plumbus' },
  gun: { name: 'Portal Gun' },
};

@Controller('/items', {
  tags: ['items'],
  dependencies: [get_token_header],
  responses: { 404: { description: 'There is no such item' } },
})
export class Items {
  @Get('/')
  read_items() {
    return items;
  }

  @Get('/:item_id')
  read_item(item_id: string) {
    const item = items[item_id];
    if (!item) throw new HTTPException(404, 'Item not found');
    return { name: item.name, item_id };
  }

  @Put('/:item_id', { tags: ['custom'], responses: { 403: { description: 'Not this one' } } })
  update_item(item_id: string) {
    if (item_id !== 'plumbus')
      throw new HTTPException(403, 'You can only update the item: plumbus');
    return { item_id, name: 'The great Plumbus' };
  }
}
