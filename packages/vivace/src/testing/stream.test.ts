import { Controller, Get, Post, Query, Vivace, dependency, Depends, int } from 'vivace';
import {
  EventSourceResponse,
  HTMLResponse,
  ServerSentEvent,
  StreamingResponse,
} from 'vivace/responses';
import { compress } from 'vivace/middleware';
import { override, testClient } from 'vivace/testing';

const trail: string[] = [];
beforeEach(() => void (trail.length = 0));

async function listOf(pieces: AsyncIterable<string>): Promise<string[]> {
  const list: string[] = [];
  for await (const piece of pieces) list.push(piece);
  return list;
}

class Tick {
  count!: int;
}
const start = dependency(() => 0);
const session = dependency(function* () {
  trail.push('open');
  try {
    yield 'session';
  } finally {
    trail.push('closed');
  }
});

@Controller()
class Streams {
  /** Has no end. */
  @Get('/ticks', { responseClass: EventSourceResponse })
  async *ticks(
    @Depends(session) _session: string,
    @Depends(start) from: number,
  ): AsyncGenerator<ServerSentEvent<Tick>> {
    for (let count = from; ; count += 1)
      yield new ServerSentEvent({ id: String(count), event: 'tick', data: { count } });
  }
  @Get('/lines')
  async *lines(@Query() count: int = 3): AsyncGenerator<Tick> {
    for (let at = 0; at < count; at += 1) yield { count: at };
  }
  @Get('/broken')
  async *broken(): AsyncGenerator<Tick> {
    yield { count: 1 };
    throw new RangeError('broke off');
  }
  @Get('/never')
  async *never(count: int = 0): AsyncGenerator<Tick> {
    if (count === 0) throw new RangeError('never began');
    yield { count };
  }
  @Post('/echo')
  echo(value: { text: string }): StreamingResponse {
    return new StreamingResponse([value.text, ' ', value.text]);
  }
  @Get('/page')
  page(): HTMLResponse {
    return new HTMLResponse('ä'.repeat(2000));
  }
}
const app = new Vivace({ controllers: [Streams], middleware: [compress({ minSize: 100 })] });

describe('a stream of a test', () => {
  it('gives events while they are sent; leaving it closes what was opened for it', async () => {
    await using client = await testClient(app);
    {
      await using stream = await client.stream('GET', '/ticks');
      expect([stream.status, stream.headers.get('content-type')]).toEqual([
        200,
        'text/event-stream; charset=utf-8',
      ]);
      const events = [];
      for await (const event of stream.events()) if (events.push(event) === 2) break;
      expect(events).toEqual([
        { id: '0', event: 'tick', data: '{"count":0}' },
        { id: '1', event: 'tick', data: '{"count":1}' },
      ]);
      // Another loop goes on where the first one ended; other requests are answered meanwhile.
      for await (const { id } of stream.events()) {
        expect(id).toBe('2');
        break;
      }
      expect((await client.get('/lines')).status).toBe(200);
      expect(trail).toEqual(['open']);
    }
    expect(trail).toEqual(['open', 'closed']);
  });

  it('gives lines, and text as it comes', async () => {
    await using client = await testClient(app);
    await using lines = await client.stream('GET', '/lines', { params: { count: 2 } });
    expect(await listOf(lines.lines())).toEqual(['{"count":0}', '{"count":1}']);
    await using echo = await client.stream('POST', '/echo', { json: { text: 'äöü' } });
    expect((await listOf(echo)).join('')).toBe('äöü äöü');
  });

  it('throws what a generator throws, before its first item or later', async () => {
    await using client = await testClient(app);
    await expect(client.stream('GET', '/never')).rejects.toThrow(new RangeError('never began'));
    await using stream = await client.stream('GET', '/broken');
    await expect(listOf(stream)).rejects.toThrow();
  });

  it('takes overrides', async () => {
    await using client = await testClient(app);
    await using stream = await client.stream('GET', '/ticks', {
      overrides: [override(start, () => 7)],
    });
    for await (const { id } of stream.events()) {
      expect(id).toBe('7');
      break;
    }
  });
});

it('a compressed answer is shown as it was before', async () => {
  await using client = await testClient(app);
  const page = await client.get('/page');
  expect([page.headers.get('content-encoding'), page.text.length]).toEqual(['gzip', 2000]);
  const brotli = await client.get('/page', { headers: { 'accept-encoding': 'br' } });
  expect([brotli.headers.get('content-encoding'), brotli.text]).toEqual(['br', page.text]);
});
