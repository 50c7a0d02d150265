import { setTimeout as sleep } from 'node:timers/promises';
import {
  Controller,
  Get,
  HTTPException,
  Header,
  Vivace,
  dependency,
  Depends,
  type int,
} from 'vivace';
import { EventSourceResponse, ServerSentEvent, StreamingResponse } from 'vivace/responses';

class Price {
  share!: string;
  cents!: int;
}

/** Stands for a database: it is open until the stream has ended. */
const ticker = dependency(async function* () {
  const prices: (Price & { source: string })[] = [
    { share: 'VIV', cents: 1999, source: 'exchange' },
    { share: 'ACE', cents: 250, source: 'exchange' },
    { share: 'VIV', cents: 2001, source: 'exchange' },
  ];
  try {
    yield prices;
  } finally {
    prices.length = 0;
  }
});

class CSV extends StreamingResponse {
  static override readonly media = 'text/csv';
}

@Controller('/prices')
class Prices {
  @Get('/')
  async *list(@Depends(ticker) prices: Price[], share?: string): AsyncIterable<Price> {
    const found = prices.filter((price) => share === undefined || price.share === share);
    if (found.length === 0) throw new HTTPException(404, `nobody trades ${share}`);
    yield* found;
  }

  @Get('/live', { responseClass: EventSourceResponse })
  async *live(
    @Depends(ticker) prices: Price[],
    signal: AbortSignal,
    @Header() lastEventId: int = 0,
  ): AsyncIterable<ServerSentEvent<Price>> {
    for (const [index, data] of prices.entries()) {
      if (index < lastEventId) continue;
      yield new ServerSentEvent({ event: 'price', id: String(index + 1), data });
      await sleep(10, undefined, { signal });
    }
  }

  @Get('/table', { responseClass: CSV })
  *table(@Depends(ticker) prices: Price[]): Iterable<string> {
    yield 'share,cents\n';
    for (const { share, cents } of prices) yield `${share},${cents}\n`;
  }
}

export const app = new Vivace({ controllers: [Prices] });
