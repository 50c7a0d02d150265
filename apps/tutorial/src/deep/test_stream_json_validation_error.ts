import { Controller, Get, Vivace } from 'vivace';

class Item {
  name!: string;
  price!: number;
}

const items = [
  { name: 'valid', price: 1 },
  { name: 'invalid', price: 'not-a-number' },
] as Item[];

@Controller('/items')
class Items {
  @Get('/stream-invalid')
  async *stream_items_invalid(): AsyncIterable<Item> {
    yield* items;
  }

  @Get('/stream-invalid-sync')
  *stream_items_invalid_sync(): Iterable<Item> {
    yield* items;
  }
}

export const app = new Vivace({ controllers: [Items] });
