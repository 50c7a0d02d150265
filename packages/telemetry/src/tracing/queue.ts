import type { TraceSettings } from '../settings';
import { messageOf } from './message';
import { SpanWriter } from './otlp';
import type { RecordingSpan } from './recording-span';

/** Where spans are sent to. */
export interface SpanTarget {
  /** @returns why they were not taken; undefined where they were */
  send(body: Uint8Array): Promise<string | undefined>;
  close(): void;
}

/** Spans that wait at most. */
const LARGEST = 2048;
/** Spans of one message. */
const BATCH = 512;
/** Milliseconds between two messages. */
const PAUSE = 1000;
/** Milliseconds that the end of a process may take. */
const LAST = 2000;

/**
 * Sends spans beside everything else: what ends while the buffer is full is dropped and counted, so
 * that a collector that is slow or gone holds up nobody. They are written together, which costs less
 * than each by itself between two requests.
 */
export class SpanQueue {
  #waiting: RecordingSpan[] = [];
  #sending: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;
  readonly #target: SpanTarget;
  readonly #writer: SpanWriter;
  readonly #resource: string;
  readonly #lost: (spans: number, why: string) => void;

  constructor(
    target: SpanTarget,
    { redact, resource }: Pick<TraceSettings, 'redact' | 'resource'>,
    lost: (spans: number, why: string) => void,
  ) {
    this.#target = target;
    this.#writer = new SpanWriter(redact);
    this.#resource = this.#writer.attributes(resource);
    this.#lost = lost;
  }

  /** A span that has ended. */
  add(span: RecordingSpan): void {
    if (this.#closed || this.#waiting.length === LARGEST)
      return this.#lost(1, this.#closed ? 'the server is closed' : 'the buffer is full');
    this.#waiting.push(span);
    this.#plan();
  }

  async #flush(): Promise<void> {
    while (this.#waiting.length > 0 && !this.#closed) await this.#begin();
    await this.#sending;
  }

  /** Sends what waits, if that does not take too long. */
  async close(): Promise<void> {
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, LAST);
    await Promise.race([this.#flush(), late]);
    clearTimeout(timer);
    this.#closed = true;
    clearTimeout(this.#timer);
    if (this.#waiting.length > 0) this.#lost(this.#waiting.length, 'the server was closed');
    this.#target.close();
  }

  /** What fills a message leaves at once, and the rest after a pause: a message costs more than its spans. */
  #plan(): void {
    if (this.#waiting.length >= BATCH) void this.#begin();
    else this.#timer ??= setTimeout(() => this.#begin(), PAUSE).unref();
  }

  /** One message at a time. */
  #begin(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    return (this.#sending ??= this.#send());
  }

  async #send(): Promise<void> {
    const spans = this.#waiting.splice(0, BATCH);
    const why = await this.#target.send(messageOf(spans, this.#writer, this.#resource));
    if (why !== undefined) this.#lost(spans.length, why);
    this.#sending = undefined;
    if (this.#waiting.length > 0 && !this.#closed) this.#plan();
  }
}
