import { declareResponseClass } from '../declare/response-class';
import { jsonText } from './json';
import { CONTENT, Response, type Content, type ResponseOptions } from './response';
import { eventText } from './server-sent-event';

const PING = ': ping\n\n';

interface EventSourceOptions extends ResponseOptions {
  /** Seconds of silence before a comment keeps it open. */
  ping?: number;
}

/**
 * Server-sent events: the response class of a generator that yields items or events.
 *
 * @param content gives items, each the data of an event, or `ServerSentEvent`s
 * @param options also `ping`: the seconds of silence after which a comment keeps the connection open, 15 by default
 * @example return new EventSourceResponse(prices(), { ping: 5 });
 */
export class EventSourceResponse extends Response {
  static override readonly media: string | null = 'text/event-stream';

  readonly #events: AsyncIterable<unknown>;
  readonly #ping: number;

  constructor(content: AsyncIterable<unknown>, options: EventSourceOptions = {}) {
    super(undefined, options);
    this.#events = content;
    this.#ping = options.ping ?? 15;
    if (!this.headers.has('cache-control')) this.headers.set('cache-control', 'no-cache');
    // Else nginx collects the events before it passes them on.
    if (!this.headers.has('x-accel-buffering')) this.headers.set('x-accel-buffering', 'no');
  }

  override [CONTENT](): Content {
    return withPings(textsOf(this.#events), this.#ping);
  }
}

declareResponseClass(EventSourceResponse, { status: 200, stream: 'events', json: false });

async function* textsOf(events: AsyncIterable<unknown>): AsyncGenerator<string, void, undefined> {
  for await (const event of events) yield eventText(event, jsonText);
}

/** The same texts, with a comment after each silence of some seconds. */
export async function* withPings(texts: AsyncIterable<string>, seconds: number): AsyncGenerator<string, void, undefined> {
  const iterator = texts[Symbol.asyncIterator]();
  let next: Promise<IteratorResult<string>> | undefined;
  try {
    for (;;) {
      next ??= iterator.next();
      const result = await within(next, seconds);
      if (result?.done === true) return;
      if (result !== undefined) next = undefined;
      yield result === undefined ? PING : result.value;
    }
  } finally {
    const closed = iterator.return?.();
    // A generator that still waits for its next item closes only after that: the client has left, nobody waits for it.
    if (next === undefined) await closed;
    else closed?.catch(() => undefined);
  }
}

async function within<T>(promise: Promise<T>, seconds: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, seconds * 1000, undefined);
  });
  try {
    return await Promise.race([promise, silence]);
  } finally {
    clearTimeout(timer);
  }
}
