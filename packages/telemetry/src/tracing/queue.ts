import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace';
import { TraceFlags } from '@opentelemetry/api';
import { isRedacted } from '../logs/redaction';

/** Where spans are sent to. */
export interface SpanTarget {
  /** @returns why they were not taken; undefined where they were */
  send(spans: readonly ReadableSpan[]): Promise<string | undefined>;
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
 * that a collector that is slow or gone holds up nobody.
 */
export class SpanQueue implements SpanProcessor {
  #waiting: ReadableSpan[] = [];
  #sending: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;
  readonly #target: SpanTarget;
  readonly #hidden: ReadonlySet<string>;
  readonly #lost: (spans: number, why: string) => void;

  constructor(
    target: SpanTarget,
    hidden: ReadonlySet<string>,
    lost: (spans: number, why: string) => void,
  ) {
    this.#target = target;
    this.#hidden = hidden;
    this.#lost = lost;
  }

  onStart(): void {}

  onEnd(span: ReadableSpan): void {
    if ((span.spanContext().traceFlags & TraceFlags.SAMPLED) === 0) return;
    if (this.#closed || this.#waiting.length === LARGEST)
      return this.#lost(1, this.#closed ? 'the server is closed' : 'the buffer is full');
    for (const name of Object.keys(span.attributes))
      if (isRedacted(this.#hidden, name)) span.attributes[name] = '[redacted]';
    this.#waiting.push(span);
    if (this.#waiting.length >= BATCH) this.#begin();
    else this.#timer ??= setTimeout(() => this.#begin(), PAUSE).unref();
  }

  async forceFlush(): Promise<void> {
    while (this.#waiting.length > 0 && !this.#closed) await this.#begin();
    await this.#sending;
  }

  async shutdown(): Promise<void> {
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, LAST);
    await Promise.race([this.forceFlush(), late]);
    clearTimeout(timer);
    this.#closed = true;
    clearTimeout(this.#timer);
    if (this.#waiting.length > 0) this.#lost(this.#waiting.length, 'the server was closed');
    this.#target.close();
  }

  /** One message at a time. */
  #begin(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    return (this.#sending ??= this.#send().finally(() => (this.#sending = undefined)));
  }

  async #send(): Promise<void> {
    while (this.#waiting.length > 0 && !this.#closed) {
      const batch = this.#waiting.slice(0, BATCH);
      this.#waiting = this.#waiting.slice(BATCH);
      const why = await this.#target.send(batch);
      if (why !== undefined) this.#lost(batch.length, why);
    }
  }
}
