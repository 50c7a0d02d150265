import { Controller, Get, Vivace } from 'vivace';

class Item {
  name!: string;
  description!: string | null;
}

const items: Item[] = [
  { name: 'Plumbus', description: 'A multi-purpose household device.' },
  { name: 'Portal Gun', description: 'A portal opening device.' },
  { name: 'Meeseeks Box', description: 'A box that summons a Meeseeks.' },
];

@Controller('/items')
class Items {
  @Get('/stream')
  async *stream_items(): AsyncIterable<Item> {
    yield* items;
  }

  @Get('/stream-no-async')
  *stream_items_no_async(): Iterable<Item> {
    yield* items;
  }

  @Get('/stream-no-annotation')
  async *stream_items_no_annotation() {
    yield* items;
  }

  @Get('/stream-no-async-no-annotation')
  *stream_items_no_async_no_annotation() {
    yield* items;
  }
}

export const app = new Vivace({ controllers: [Items] });
