import { setTimeout as sleep } from 'node:timers/promises';
import { Controller, Get, Post, Vivace } from 'vivace';
import { EventSourceResponse, ServerSentEvent } from 'vivace/responses';

class Item {
  name!: string;
  description: string | null = null;
}

const items: Item[] = [
  { name: 'Plumbus', description: 'A multi-purpose household device.' },
  { name: 'Portal Gun', description: 'A portal opening device.' },
  { name: 'Meeseeks Box', description: 'A box that summons a Meeseeks.' },
];
const [, portalGun] = items as [Item, Item, Item];

@Controller('/items', { responseClass: EventSourceResponse })
class Items {
  @Get('/stream')
  async *sse_items(): AsyncIterable<Item> {
    yield* items;
  }

  @Get('/stream-sync')
  *sse_items_sync(): Iterable<Item> {
    yield* items;
  }

  @Get('/stream-no-annotation')
  async *sse_items_no_annotation() {
    yield* items;
  }

  @Get('/stream-sync-no-annotation')
  *sse_items_sync_no_annotation() {
    yield* items;
  }

  @Get('/stream-dict')
  async *sse_items_dict() {
    yield* items;
  }

  @Get('/stream-sse-event')
  async *sse_items_event() {
    yield new ServerSentEvent({ data: 'hello', event: 'greeting', id: '1' });
    yield new ServerSentEvent({ data: { key: 'value' }, event: 'json-data', id: '2' });
    yield new ServerSentEvent({ comment: 'just a comment' });
    yield new ServerSentEvent({ data: 'retry-test', retry: 5000 });
  }

  @Get('/stream-mixed')
  async *sse_items_mixed(): AsyncIterable<Item | ServerSentEvent<unknown>> {
    yield* items;
    yield new ServerSentEvent({ data: 'custom-event', event: 'special' });
    yield portalGun;
  }

  @Get('/stream-string')
  async *sse_items_string() {
    yield new ServerSentEvent({ data: 'plain text data' });
  }

  @Post('/stream-post')
  async *sse_items_post(): AsyncIterable<Item> {
    yield* items;
  }

  @Get('/stream-raw')
  async *sse_items_raw() {
    yield new ServerSentEvent({ raw: 'plain text without quotes' });
    yield new ServerSentEvent({ raw: '<div>html fragment</div>', event: 'html' });
    yield new ServerSentEvent({ raw: 'cpu,87.3,1709145600', event: 'csv' });
  }
}

@Controller('/api', { responseClass: EventSourceResponse })
class Api {
  @Get('/events')
  async *stream_events() {
    yield { msg: 'hello' };
    yield { msg: 'world' };
  }

  @Get('/events-typed')
  async *stream_events_typed(): AsyncIterable<Item> {
    yield* items;
  }
}

/** Seconds without an event until a comment is sent. */
const PING = 0.2;

class Impatient extends EventSourceResponse {
  constructor(content: AsyncIterable<unknown>, options?: { status?: number }) {
    super(content, { ...options, ping: PING });
  }
}

/** Lasts for five comments, however slow the machine: timers of one duration end in the order in which they began. */
async function silence(): Promise<void> {
  for (let count = 0; count <= 5; count += 1) await sleep(PING * 1000);
}

@Controller('', { responseClass: Impatient })
class Slow {
  @Get('/slow-async')
  async *slow_async_stream() {
    yield { n: 1 };
    await silence();
    yield { n: 2 };
  }

  @Get('/slow-sync')
  *slow_sync_stream() {
    yield { n: 1 };
    yield silence().then(() => ({ n: 2 }));
  }
}

@Controller('/api')
class DefaultOfApp {
  @Get('/stream')
  async *default_app_stream(): AsyncIterable<Item> {
    yield* items;
  }
}

@Controller()
class DefaultOfParent {
  @Get('/stream')
  async *default_parent_stream(): AsyncIterable<Item> {
    yield* items;
  }
}

@Controller('/api', { responseClass: EventSourceResponse, controllers: [DefaultOfParent] })
class Parent {}

export const apps = {
  app: new Vivace({ controllers: [Items, Api] }),
  keepalive_app: new Vivace({ controllers: [Slow] }),
  default_app_app: new Vivace({ controllers: [DefaultOfApp], responseClass: EventSourceResponse }),
  default_parent_app: new Vivace({ controllers: [Parent] }),
};
