import { setTimeout as sleep } from 'node:timers/promises';
import { Controller, Depends, Get, Header } from 'vivace';
import { EventSourceResponse, StreamingResponse } from 'vivace/responses';
import { session, trace } from './held.js';

class Tick {
  number!: number;
}

const MEBIBYTE = Buffer.alloc(2 ** 20, 'x');

@Controller('/streams')
export class Streams {
  /** Events until the client leaves. */
  @Get('/events', { responseClass: EventSourceResponse })
  async *events(
    @Depends(session) _session: { number: number },
    @Depends(trace) _trace: string,
    signal: AbortSignal,
    @Header() lastEventId: string = '0',
  ): AsyncIterable<Tick> {
    for (let number = lastEventId.length; ; number += 1) {
      yield { number };
      await sleep(50, undefined, { signal });
    }
  }

  /** One event, and then nothing for as long as the client stays. */
  @Get('/quiet', { responseClass: EventSourceResponse })
  async *quiet(
    @Depends(session) _session: { number: number },
    signal: AbortSignal,
  ): AsyncIterable<Tick> {
    yield { number: 1 };
    await sleep(3_600_000, undefined, { signal });
  }

  @Get('/breaks')
  async *breaks(@Depends(session) _session: { number: number }): AsyncIterable<Tick> {
    yield { number: 1 };
    await sleep(20);
    throw new Error('the secret of the stream');
  }

  /** More than any client may be behind. */
  @Get('/endless')
  endless(@Depends(session) _session: { number: number }): StreamingResponse {
    return new StreamingResponse(mebibytes());
  }

  /** More in one piece than a network holds. */
  @Get('/large')
  large(): string {
    return 'x'.repeat(20_000_000);
  }

  /** A hundred answers are more than a network holds. */
  @Get('/page')
  page(@Depends(trace) _trace: string): string {
    return 'x'.repeat(100_000);
  }
}

function* mebibytes(): Generator<Uint8Array> {
  for (;;) yield MEBIBYTE;
}
