import type { Class } from 'vivace/extend';

/** Messages to whoever listens now, in all processes. Who was not there has missed them. */
export abstract class Channels {
  /**
   * Tells all who listen now.
   *
   * @throws RedisDown
   */
  abstract publish<T extends object>(name: string, message: T): Promise<void>;
  /**
   * Listens from now on; awaited, it is kept when Redis has said so, and what is published afterwards is heard.
   *
   * @param type what messages have to fit; others are logged and left out
   * @param signal ends it; so does leaving the loop
   * @example
   * for await (const { left } of channels.subscribe('stock', StockChanged, request.signal)) …
   */
  abstract subscribe<T extends object>(
    name: string,
    type: Class<T>,
    signal?: AbortSignal,
  ): Subscription<T>;
}

/** What is heard on a channel. */
export interface Subscription<T> extends AsyncIterable<T>, PromiseLike<Heard<T>> {
  /** Messages that were dropped, the oldest first, because the loop was too slow: 1,000 wait at most. */
  readonly dropped: number;
}

/** A subscription that was acknowledged. */
export interface Heard<T> extends AsyncIterable<T> {
  readonly dropped: number;
}
