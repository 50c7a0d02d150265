import { Controller, Get, Header, Vivace, int, make } from 'vivace';
import { EventSourceResponse, ServerSentEvent } from 'vivace/responses';

class Item {
  name!: string;
  price!: number;
}

const items = [
  make(Item, { name: 'Plumbus', price: 32.99 }),
  make(Item, { name: 'Portal Gun', price: 999.99 }),
  make(Item, { name: 'Meeseeks Box', price: 49.99 }),
];

@Controller('/items')
class Items {
  @Get('/stream', { responseClass: EventSourceResponse })
  async *stream_items(
    @Header() last_event_id: int | null = null,
  ): AsyncIterable<ServerSentEvent<unknown>> {
    const start = last_event_id === null ? 0 : last_event_id + 1;
    for (const [index, item] of items.entries())
      if (index >= start) yield new ServerSentEvent({ data: item, id: String(index) });
  }
}

export const app = new Vivace({ controllers: [Items] });
