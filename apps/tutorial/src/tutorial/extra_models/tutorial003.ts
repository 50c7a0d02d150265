import { Controller, Get, HTTPException, Vivace, int } from 'vivace';

class BaseItem {
  description!: string;
  type!: string;
}

class CarItem extends BaseItem {
  override type: string = 'car';
}

class PlaneItem extends BaseItem {
  override type: string = 'plane';
  size!: int;
}

const items: Record<string, PlaneItem | CarItem> = {
  item1: { description: 'All my friends drive a low rider', type: 'car' },
  item2: { description: "Music is my aeroplane, it's my aeroplane", type: 'plane', size: 5 },
};

@Controller('/items')
class Items {
  @Get('/:item_id')
  read_item(item_id: string): PlaneItem | CarItem {
    const item = items[item_id];
    if (!item) throw new HTTPException(404, 'Item not found');
    return item;
  }
}

export const app = new Vivace({ controllers: [Items] });
