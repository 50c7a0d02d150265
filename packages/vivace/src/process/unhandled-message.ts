/** The channel of `node:diagnostics_channel` that errors of requests are published on when they are logged. */
export const UNHANDLED = 'vivace:unhandled';

/** What `vivace:unhandled` publishes: an error of a request that nobody handled. */
export interface UnhandledMessage {
  /** What was thrown. */
  readonly error: unknown;
  /** `GET /orders/:id: Orders.read (src/orders.ts:12)`; undefined where no route was found. */
  readonly operation: string | undefined;
  /** That of the log lines of the request. */
  readonly requestId: string;
}
