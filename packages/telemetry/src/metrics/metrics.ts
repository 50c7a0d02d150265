/** Counts what happens. */
export interface Counter<L extends string> {
  /** @param value what is added, 1 by default; never below 0 */
  add(value?: number, labels?: Readonly<Record<L, string>>): void;
}

/** Records how values are spread. */
export interface Histogram<L extends string> {
  record(value: number, labels?: Readonly<Record<L, string>>): void;
}

/**
 * Numbers of the program's own, injected by its type. The same name gives the same one. Labels are
 * declared, so that the id of a user cannot become one by accident: each value of a label is a
 * series of its own, for ever.
 *
 * @example
 * constructor(metrics: Metrics) {
 *   this.placed = metrics.counter('orders_placed', 'Orders that were placed', ['channel']);
 * }
 */
export abstract class Metrics {
  /**
   * A number that only grows; `_total` is added to its name.
   *
   * @throws TypeError where the name is another one with other labels or help
   * @example this.placed.add(1, { channel: 'web' });
   */
  abstract counter<const L extends string = never>(
    name: string,
    help: string,
    labels?: readonly L[],
  ): Counter<L>;
  /**
   * How values are spread, in buckets from 5 ms to 10 s.
   *
   * @throws TypeError where the name is another one with other labels or help
   */
  abstract histogram<const L extends string = never>(
    name: string,
    help: string,
    labels?: readonly L[],
  ): Histogram<L>;
  /**
   * A number that is read when it is asked for; the last one to say how counts.
   *
   * @throws TypeError where the name is another one with another help
   */
  abstract gauge(name: string, help: string, read: () => number | Promise<number>): void;
}
