import { declareResponseClass } from './response-class';
import { jsonText } from './json';
import { mapped, ChunkSequence } from './chunks';
import { withPings } from './pings';
import { CONTENT, Response, type Content, type ResponseOptions } from './response';
import { eventText } from './server-sent-event';

/** How events are sent. */
interface EventSourceOptions extends ResponseOptions {
  /**
   * Seconds of silence after which a comment keeps the connection open.
   * @default 15
   */
  readonly ping?: number;
}

/**
 * Server-sent events, and the response class of a generator that yields items or events.
 *
 * @param content gives `ServerSentEvent`s, or values that become the data of events
 * @param options how they are sent
 * @example return new EventSourceResponse(prices(), { ping: 5 });
 */
export class EventSourceResponse extends Response {
  static override readonly media: string | null = 'text/event-stream';

  readonly #chunks: ChunkSequence<string>;

  constructor(content: AsyncIterable<unknown>, options: EventSourceOptions = {}) {
    super(undefined, options);
    const texts = mapped(content, (event) => eventText(event, jsonText));
    this.#chunks = new ChunkSequence(withPings(texts, options.ping ?? 15));
    if (!this.headers.has('cache-control')) this.headers.set('cache-control', 'no-cache');
    // Else nginx collects the events before it passes them on.
    if (!this.headers.has('x-accel-buffering')) this.headers.set('x-accel-buffering', 'no');
  }

  override [CONTENT](): Content {
    return this.#chunks;
  }
}

declareResponseClass(EventSourceResponse, { status: 200, stream: 'events', json: false });
