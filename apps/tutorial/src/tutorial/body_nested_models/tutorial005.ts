import { Controller, Put, Vivace, int, url } from 'vivace';

class Image {
  url!: url;
  name!: string;
}

class Item {
  name!: string;
  description: string | null = null;
  price!: number;
  tax: number | null = null;
  tags: Set<string> = new Set();
  image: Image | null = null;
}

@Controller('/items')
class Items {
  @Put('/:item_id')
  update_item(item_id: int, item: Item) {
    return { item_id, item };
  }
}

export const app = new Vivace({ controllers: [Items] });
